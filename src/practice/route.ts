import type { IncomingMessage } from 'node:http';
import { readScope } from './identity.ts';
import type { Paging } from './paging.ts';
import { json } from './protocol/json.ts';
import { query } from './protocol/query.ts';
import { isFor, restXml } from './protocol/rest-xml.ts';
import { spokenBy } from './protocol/spoken.ts';
import type { Wire } from './protocol/wire.ts';
import type { Answering, Service } from './service.ts';

/** Where a request goes, as far as it can be told from the request. */
export interface Route {
  /** How to answer, even when the operation is not known. */
  readonly wire: Wire;
  /** The operation's name as the request gives it, when it looks like one. */
  readonly name?: string;
  /** An operation of the service that is listed as `id`. Absent for what the endpoint does not serve. */
  readonly found?: { readonly id: string; readonly operation: Answering<unknown>; readonly paging: Paging | undefined } | undefined;
}

type Found = NonNullable<Route['found']>;

const OPERATION_NAME = /^[A-Z][A-Za-z0-9]{0,63}$/;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Makes the function that finds the operation of a request among `services`, which are listed by the name they are signed for.
 * @throws Error when a service is listed under another name, or speaks a protocol that is not spoken here
 */
export function createRouter(services: Readonly<Record<string, Service<unknown>>>): (request: IncomingMessage, body: string) => Route {
  const inPath = new Map<string, { readonly wire: Wire; readonly all: readonly Found[] }>();
  // By target and operation, or by version and operation.
  const byName = new Map<string, { readonly wire: Wire; readonly contentType: string; readonly found: Found }>();
  for (const [id, service] of Object.entries(services)) {
    const spoken = spokenBy(id, service);
    const all = service.operations.map((operation) => ({ id, operation, paging: service.paging }));
    if (spoken.protocol === 'rest-xml') {
      inPath.set(id, { wire: restXml(spoken.xmlNamespace), all });
      continue;
    }
    const [wire, contentType, prefix] =
      spoken.protocol === 'json'
        ? [json(spoken.contentType), spoken.contentType, `${spoken.target}.`]
        : [query(spoken.xmlNamespace), FORM, `${spoken.version}/`];
    for (const found of all) byName.set(`${prefix}${found.operation.schema[2]}`, { wire, contentType, found });
  }
  const unknownJson = json('application/x-amz-json-1.1');
  const unknownQuery = query('');

  return ({ method = '', url = '/', headers }, body) => {
    const rest = inPath.get(readScope(headers.authorization ?? '')?.service ?? '');
    if (rest) {
      const found = rest.all.find(({ operation }) => isFor(operation, method, url));
      return { wire: rest.wire, ...(found && { name: found.operation.schema[2], found }) };
    }
    const target = headers['x-amz-target']?.toString();
    const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
    const form = new URLSearchParams(target === undefined && type === FORM ? body : '');
    const action = form.get('Action') ?? '';
    const name = target === undefined ? action : target.slice(target.lastIndexOf('.') + 1);
    const known = byName.get(target ?? `${form.get('Version')}/${action}`);
    return {
      wire: known?.wire ?? (target === undefined && type === FORM ? unknownQuery : unknownJson),
      ...(OPERATION_NAME.test(name) && { name }),
      ...(known?.contentType === type && { found: known?.found }),
    };
  };
}
