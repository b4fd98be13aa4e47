import { json } from './protocol/json.ts';
import type { Operation, Service, Wire } from './protocol/operation.ts';
import { query } from './protocol/query.ts';

/** Where a request goes, as far as it can be told from its headers and body. */
export interface Route {
  /** How to answer, even when the operation is not known. */
  readonly wire: Wire;
  /** The operation's name as the request gives it, when it looks like one. */
  readonly name?: string;
  /** Absent for what the endpoint does not serve. */
  readonly found?: { readonly service: Service; readonly operation: Operation };
}

export interface Routable {
  /** The `X-Amz-Target` header. */
  readonly target: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

const OPERATION_NAME = /^[A-Z][A-Za-z0-9]{0,63}$/;

/** Makes the function that finds the operation of a request among `services`. */
export function createRouter(services: readonly Service[]): (request: Routable) => Route {
  const byTarget = new Map<string, { service: Service; operation: Operation }>();
  const byAction = new Map<string, { service: Service; operation: Operation; wire: Wire }>();
  for (const service of services) {
    const { wire } = service;
    const own = wire.protocol === 'query' ? query(wire.xmlNamespace) : json;
    for (const operation of service.operations) {
      const name = operation.schema[2];
      if (wire.protocol === 'json') byTarget.set(`${wire.target}.${name}`, { service, operation });
      else byAction.set(`${wire.version}/${name}`, { service, operation, wire: own });
    }
  }
  const unknownQuery = query('');

  return ({ target, contentType = '', body }) => {
    const mime = contentType.split(';', 1)[0]?.trim().toLowerCase();
    if (target !== undefined) {
      const found = mime === 'application/x-amz-json-1.1' ? byTarget.get(target) : undefined;
      return { wire: json, ...named(target.slice(target.lastIndexOf('.') + 1)), ...(found && { found }) };
    }
    if (mime !== 'application/x-www-form-urlencoded') return { wire: json };
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    const found = byAction.get(`${form.get('Version')}/${action}`);
    return { wire: found?.wire ?? unknownQuery, ...named(action), ...(found && { found }) };
  };
}

function named(name: string): { name?: string } {
  return OPERATION_NAME.test(name) ? { name } : {};
}
