import { NormalizedSchema } from '@smithy/core/schema';
import type { $SchemaRef, StaticStructureSchema } from '@smithy/types';
import { spelled } from './aws-error.ts';
import { mustFit } from './must-fit.ts';
import { readForm } from './query-form.ts';
import type { Wire } from './wire.ts';
import { xmlWriter } from './xml.ts';

/** AWS Query: a form in, XML out. `xmlNamespace` is the service's. */
export function query(xmlNamespace: string): Wire {
  const xml = xmlWriter(xmlNamespace, false);
  return {
    method: 'POST',
    read({ schema }, { body }) {
      const ns = NormalizedSchema.of(schema[4]);
      const input = readForm(ns, new URLSearchParams(body));
      mustFit(ns, input);
      return input as object;
    },
    answer({ schema }, output, requestId) {
      const result = `${schema[2]}Result`;
      const wrapped = struct(`${schema[2]}Response`, { [result]: schema[5], ResponseMetadata: METADATA });
      return {
        status: 200,
        headers: headers(requestId),
        body: xml(wrapped, { [result]: output, ResponseMetadata: { RequestId: requestId } }),
      };
    },
    refuse(error, requestId) {
      const { code, message, status } = spelled(error, 'query');
      const Type = status >= 500 ? 'Receiver' : 'Sender';
      const body = xml(ERROR_RESPONSE, { Error: { Type, Code: code, Message: message }, RequestId: requestId });
      return { status, headers: headers(requestId), body };
    },
    empty: (requestId) => ({ status: 200, headers: headers(requestId), body: '' }),
  };
}

function struct(name: string, members: Record<string, $SchemaRef>): StaticStructureSchema {
  return [3, 'practice', name, 0, Object.keys(members), Object.values(members)];
}

const STRING = 0;
const METADATA = struct('ResponseMetadata', { RequestId: STRING });
const ERROR = struct('Error', { Type: STRING, Code: STRING, Message: STRING });
const ERROR_RESPONSE = struct('ErrorResponse', { Error: ERROR, RequestId: STRING });

function headers(requestId: string): Record<string, string> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': requestId };
}
