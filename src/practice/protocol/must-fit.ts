import type { NormalizedSchema } from '@smithy/core/schema';
import type { StaticStructureSchema } from '@smithy/types';
import { CommonFailure } from './aws-error.ts';

/**
 * Makes sure that a value read from the wire has the types of its schema and the members it requires,
 * because the SDK's deserializers trust what they read.
 * @throws CommonFailure `malformed` for a wrong type, `invalid` for a missing member, naming it
 */
export function mustFit(ns: NormalizedSchema, value: unknown, path = ''): void {
  const wrong = (expected: string) => new CommonFailure('malformed', `Expected ${expected} at '${path || 'the request'}'.`);
  if (ns.isStructSchema()) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrong('a structure');
    const schema = ns.getSchema() as StaticStructureSchema;
    const required = schema[6] ?? 0;
    let at = 0;
    for (const [name, member] of ns.structIterator()) {
      const memberValue: unknown = (value as Record<string, unknown>)[name];
      const memberPath = path ? `${path}.${name}` : name;
      if (memberValue !== undefined) mustFit(member, memberValue, memberPath);
      else if (at < required) {
        const constraint = 'failed to satisfy constraint: Member must not be null';
        throw new CommonFailure('invalid', `1 validation error detected: Value null at '${memberPath}' ${constraint}`);
      }
      at += 1;
    }
  } else if (ns.isListSchema()) {
    if (!Array.isArray(value)) throw wrong('a list');
    for (const [at, item] of value.entries()) mustFit(ns.getValueSchema(), item, `${path}.${at + 1}.member`);
  } else if (ns.isMapSchema()) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrong('a map');
    for (const [key, item] of Object.entries(value)) mustFit(ns.getValueSchema(), item, `${path}.${key}`);
  } else if (ns.isStringSchema()) {
    if (typeof value !== 'string') throw wrong('a string');
  } else if (ns.isBooleanSchema()) {
    if (typeof value !== 'boolean') throw wrong('a boolean');
  } else if (ns.isNumericSchema()) {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong('a number');
  } else if (ns.isTimestampSchema()) {
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw wrong('a timestamp');
  }
}
