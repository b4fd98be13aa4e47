import type { NormalizedSchema } from '@smithy/core/schema';
import type { DeserializeMiddleware } from '@smithy/types';
import type { AnyClient } from './call.ts';
import { sdkModule } from './sdk-module.ts';

const transport = sdkModule<typeof import('@smithy/core/transport')>('@smithy/core/transport');
const schema = sdkModule<typeof import('@smithy/core/schema')>('@smithy/core/schema');

type AnySchema = Parameters<typeof schema.NormalizedSchema.of>[0];

/** A JSON string that begins as a date and a time. */
const WRITTEN = /"\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/;

/** Seconds since 1970. A time that names no offset is in UTC. */
function secondsOf(written: string): number | undefined {
  const [, date, time, offset = 'Z'] = ISO.exec(written) ?? [];
  const ms = Date.parse(`${date}T${time}${offset}`);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** The value with its written timestamps as seconds, wherever its schema has a timestamp. */
function inSeconds(ns: NormalizedSchema, value: unknown): unknown {
  if (ns.isTimestampSchema()) return typeof value === 'string' ? (secondsOf(value) ?? value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (ns.isListSchema()) return Array.isArray(value) ? value.map((item) => inSeconds(ns.getValueSchema(), item)) : value;
  const members = ns.isStructSchema() ? new Map(ns.structIterator()) : undefined;
  const of = (name: string) => (members ? members.get(name) : ns.isMapSchema() ? ns.getValueSchema() : undefined);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const member = of(name);
      return [name, member ? inSeconds(member, item) : item];
    }),
  );
}

function rewritten(body: Uint8Array, output: AnySchema): Uint8Array {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!WRITTEN.test(bytes.toString('latin1'))) return body;
  try {
    return Buffer.from(JSON.stringify(inSeconds(schema.NormalizedSchema.of(output), JSON.parse(bytes.toString()))));
  } catch {
    // What is no JSON is for the SDK to refuse.
    return body;
  }
}

/**
 * Lets an answer of a JSON service write its times as ISO 8601 text. AWS writes them as seconds since 1970, and the SDK refuses
 * the whole answer otherwise; emulators, moto among them, write some as text, which other SDKs read.
 */
export function acceptWrittenDates(client: AnyClient): void {
  const look: DeserializeMiddleware<object, object> = (next, context) => async (args) => {
    const result = await next(args);
    const { headers } = args.request as { readonly headers?: Readonly<Record<string, string>> };
    const response = result.response as { statusCode?: number; body?: unknown };
    if (headers?.['x-amz-target'] !== undefined && response.statusCode === 200 && response.body instanceof Uint8Array) {
      // The operation's schema: [type, namespace, name, traits, input, output].
      const { operationSchema = [] } = transport.getSmithyContext(context) as { readonly operationSchema?: readonly AnySchema[] };
      response.body = rewritten(response.body, operationSchema[5] as AnySchema);
    }
    return result;
  };
  // Last in its step: it sees the response before anything has read it.
  client.middlewareStack.add(look, { step: 'deserialize', priority: 'low', name: 'labproofDates' });
}
