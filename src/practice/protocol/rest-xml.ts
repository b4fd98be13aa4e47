import { NormalizedSchema } from '@smithy/core/schema';
import { CommonFailure, spelled } from './aws-error.ts';
import { mustFit } from './must-fit.ts';
import type { Operation, Wire } from './wire.ts';
import { xmlWriter } from './xml.ts';

/** S3's REST protocol: a path and query in, XML out. Buckets are named in the path. */
export function restXml(xmlNamespace: string): Wire {
  const xml = xmlWriter(xmlNamespace, true);
  const document = (schema: NormalizedSchema, value: object) => `${DECLARATION}${xml(schema, value)}`;
  return {
    method: 'any',
    read({ schema }, { url }) {
      const ns = NormalizedSchema.of(schema[4]);
      const { bucket, query } = addressOf(url);
      const input: Record<string, unknown> = {};
      for (const [name, member] of ns.structIterator()) {
        const { httpLabel, httpQuery } = member.getMergedTraits();
        const text = httpLabel ? bucket : httpQuery === undefined ? null : query.get(httpQuery);
        if (text !== null && text !== undefined) input[name] = readValue(member, text, httpQuery ?? name);
      }
      mustFit(ns, input);
      return input;
    },
    answer({ schema }, output, requestId) {
      return { status: 200, headers: headers(requestId), body: bodyOf(NormalizedSchema.of(schema[5]), output as Record<string, unknown>) };
    },
    refuse(error, requestId) {
      const { code, message, status } = spelled(error, 's3');
      const body = `${DECLARATION}<Error>${element('Code', code)}${element('Message', message)}${element('RequestId', requestId)}</Error>`;
      return { status, headers: headers(requestId), body };
    },
    empty: (requestId) => ({ status: 200, headers: headers(requestId), body: '' }),
  };

  function bodyOf(ns: NormalizedSchema, output: Record<string, unknown>): string {
    const root = ns.getMergedTraits().xmlName;
    const members = [...ns.structIterator()];
    for (const [name, member] of members) {
      if (member.getMergedTraits().httpPayload) return document(member, output[name] as object);
      // An answer that is one text only has it in its root, without an element of its own.
      if (members.length === 1 && name === root)
        return `${DECLARATION}${element(root, String(output[name] ?? ''), ` xmlns="${xmlNamespace}"`)}`;
    }
    return document(ns, output);
  }
}

/** The bucket of a path-style address, and its query. Absent for addresses of the service itself; `key`: what follows the bucket. */
export function addressOf(url: string): { readonly bucket?: string; readonly key: string; readonly query: URLSearchParams } {
  const [path = '', query = ''] = url.split('?', 2);
  const [bucket = '', ...key] = path.slice(1).split('/');
  const name = decoded(bucket);
  return { ...(name && { bucket: name }), key: key.join('/'), query: new URLSearchParams(query) };
}

/**
 * Whether a request is for this operation: its method, its kind of address, and the query that its schema demands.
 * `x-id` only helps people to read access logs.
 */
export function isFor({ schema }: Operation, method: string, url: string): boolean {
  const [, , , traits] = schema;
  const http = typeof traits === 'object' ? traits.http : undefined;
  if (http === undefined || http[0] !== method) return false;
  const { bucket, key, query } = addressOf(url);
  const labelled = [...NormalizedSchema.of(schema[4]).structIterator()].some(([, member]) => member.getMergedTraits().httpLabel);
  if (key !== '' || (bucket !== undefined) !== labelled) return false;
  const demanded = new URLSearchParams(http[1].split('?', 2)[1]);
  return [...demanded].every(([name, value]) => name === 'x-id' || query.get(name) === value);
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

function element(name: string, text: string, attributes = ''): string {
  const escaped = text.replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`);
  return `<${name}${attributes}>${escaped}</${name}>`;
}

function readValue(member: NormalizedSchema, text: string, name: string): unknown {
  if (!member.isNumericSchema()) return text;
  if (!/^-?\d{1,10}$/.test(text)) throw new CommonFailure('invalid', `Provided ${name} not an integer or within integer range`);
  return Number(text);
}

/** What is not encoded right stands for itself: no bucket has such a name. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function headers(requestId: string): Record<string, string> {
  return { 'content-type': 'application/xml', 'x-amz-request-id': requestId };
}
