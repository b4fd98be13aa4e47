import { JsonCodec } from '@aws-sdk/core/protocols';
import { NormalizedSchema } from '@smithy/core/schema';
import type { DocumentType } from '@smithy/types';
import { CommonFailure, spelled } from './aws-error.ts';
import { mustFit } from './must-fit.ts';
import type { Wire } from './wire.ts';

// The settings of the SDK's own AWS JSON protocol: epoch seconds unless a member says otherwise.
const codec = new JsonCodec({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false });

/** AWS JSON; its versions differ in the content type of requests and answers only. */
export function json(contentType: string): Wire {
  const headers = (requestId: string) => ({ 'content-type': contentType, 'x-amzn-requestid': requestId });
  return {
    method: 'POST',
    read({ schema }, { body }) {
      const ns = NormalizedSchema.of(schema[4]);
      let input: unknown;
      try {
        const parsed: DocumentType = JSON.parse(body === '' ? '{}' : body);
        // The deserializer reads an array as a structure without members.
        input = Array.isArray(parsed) ? undefined : codec.createDeserializer().readObject(ns, parsed);
      } catch {
        throw new CommonFailure('malformed', 'The request body is not JSON of this operation.');
      }
      mustFit(ns, input);
      return input as object;
    },
    answer({ schema }, output, requestId) {
      const serializer = codec.createSerializer();
      serializer.write(NormalizedSchema.of(schema[5]), output);
      return { status: 200, headers: headers(requestId), body: String(serializer.flush()) };
    },
    refuse(error, requestId) {
      const { code, message, status } = spelled(error, 'json');
      // AccessDeniedException spells its member with a capital; the others do not.
      const text = code === 'AccessDeniedException' ? { Message: message } : { message };
      return { status, headers: headers(requestId), body: JSON.stringify({ __type: code, ...text }) };
    },
    empty: (requestId) => ({ status: 200, headers: headers(requestId), body: '{}' }),
  };
}
