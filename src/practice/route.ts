import { json, mimeOf } from './protocol/json.ts';
import type { JsonVersion, Operation, Service, Wire } from './protocol/operation.ts';
import { query } from './protocol/query.ts';
import { isFor, restXml } from './protocol/rest-xml.ts';

/** Where a request goes, as far as it can be told from the request. */
export interface Route {
  /** How to answer, even when the operation is not known. */
  readonly wire: Wire;
  /** The operation's name as the request gives it, when it looks like one. */
  readonly name?: string;
  /** Absent for what the endpoint does not serve. */
  readonly found?: { readonly service: Service; readonly operation: Operation };
}

export interface Routable {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The service that the request is signed for, when it is signed. */
  readonly service: string | undefined;
  /** The `X-Amz-Target` header. */
  readonly target: string | undefined;
  readonly contentType: string | undefined;
  readonly body: string;
}

const OPERATION_NAME = /^[A-Z][A-Za-z0-9]{0,63}$/;

/** Makes the function that finds the operation of a request among `services`. */
export function createRouter(services: readonly Service[]): (request: Routable) => Route {
  const wires: Readonly<Record<JsonVersion, Wire>> = { '1.0': json('1.0'), '1.1': json('1.1') };
  const byTarget = new Map<string, { service: Service; operation: Operation; version: JsonVersion }>();
  const byAction = new Map<string, { service: Service; operation: Operation; wire: Wire }>();
  const rest = new Map<string, { service: Service; wire: Wire }>();
  for (const service of services) {
    const { wire } = service;
    if (wire.protocol === 'rest-xml') {
      rest.set(service.id, { service, wire: restXml(wire.xmlNamespace) });
      continue;
    }
    const own = wire.protocol === 'query' ? query(wire.xmlNamespace) : undefined;
    for (const operation of service.operations) {
      const name = operation.schema[2];
      if (wire.protocol === 'json') byTarget.set(`${wire.target}.${name}`, { service, operation, version: wire.version ?? '1.1' });
      else if (own) byAction.set(`${wire.version}/${name}`, { service, operation, wire: own });
    }
  }
  const unknownQuery = query('');

  return ({ method, url, service: signedFor = '', target, contentType = '', body }) => {
    const inPath = rest.get(signedFor);
    if (inPath) {
      const { service, wire } = inPath;
      const operation = service.operations.find((candidate) => isFor(candidate, method, url));
      return { wire, ...(operation && { name: operation.schema[2], found: { service, operation } }) };
    }
    const mime = contentType.split(';', 1)[0]?.trim().toLowerCase();
    if (target !== undefined) {
      const found = byTarget.get(target);
      const spoken = found !== undefined && mime === mimeOf(found.version);
      return { wire: wires[found?.version ?? '1.1'], ...named(target.slice(target.lastIndexOf('.') + 1)), ...(spoken && { found }) };
    }
    if (mime !== 'application/x-www-form-urlencoded') return { wire: wires['1.1'] };
    const form = new URLSearchParams(body);
    const action = form.get('Action') ?? '';
    const found = byAction.get(`${form.get('Version')}/${action}`);
    return { wire: found?.wire ?? unknownQuery, ...named(action), ...(found && { found }) };
  };
}

function named(name: string): { name?: string } {
  return OPERATION_NAME.test(name) ? { name } : {};
}
