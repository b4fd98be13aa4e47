import type { NormalizedSchema } from '@smithy/core/schema';
import { CommonFailure } from './aws-error.ts';

/**
 * Reads what a form says of one value, whose keys begin with `path`: `Tags.member.1.Key=x`. Names that the operation does
 * not know are ignored, as AWS does.
 * @throws CommonFailure `malformed` when a value is not spelled like its type
 */
export function readForm(ns: NormalizedSchema, form: URLSearchParams, path = ''): unknown {
  const under = (name: string) => (path === '' ? name : `${path}.${name}`);
  if (ns.isUnitSchema()) return {};
  if (ns.isStructSchema()) {
    const members = [...ns.structIterator()].map(([name, member]) => ({
      name,
      member,
      at: under(member.getMergedTraits().xmlName ?? name),
    }));
    const given = members.filter(({ at }) => says(form, at));
    return Object.fromEntries(given.map(({ name, member, at }) => [name, readForm(member, form, at)]));
  }
  const flat = ns.getMergedTraits().xmlFlattened;
  if (ns.isListSchema()) {
    const item = ns.getValueSchema();
    return numbered(form, flat ? path : under(item.getMergedTraits().xmlName ?? 'member')).map((at) => readForm(item, form, at));
  }
  if (ns.isMapSchema()) {
    const entries = numbered(form, flat ? path : under('entry')).filter((at) => says(form, `${at}.value`));
    return Object.fromEntries(entries.map((at) => [form.get(`${at}.key`) ?? '', readForm(ns.getValueSchema(), form, `${at}.value`)]));
  }
  return readText(ns, form.getAll(path).at(-1));
}

function says(form: URLSearchParams, path: string): boolean {
  return form.has(path) || [...form.keys()].some((key) => key.startsWith(`${path}.`));
}

function readText(ns: NormalizedSchema, text: string | undefined): unknown {
  if (ns.isNumericSchema() && /^-?\d+(\.\d+)?$/.test(text ?? '')) return Number(text);
  if (ns.isBooleanSchema() && (text === 'true' || text === 'false')) return text === 'true';
  if (text === undefined || ns.isNumericSchema() || ns.isBooleanSchema())
    throw new CommonFailure('malformed', 'The request is not a form of this operation.');
  if (ns.isTimestampSchema()) return new Date(text);
  return ns.isBlobSchema() ? Buffer.from(text, 'base64') : text;
}

/** `<path>.1`, `<path>.2`, ... as far as the form has keys that begin so, in the order of their numbers. */
function numbered(form: URLSearchParams, path: string): string[] {
  const numbers = [...form.keys()].flatMap((key) =>
    key.startsWith(`${path}.`) ? (/^\d{1,6}(?=\.|$)/.exec(key.slice(path.length + 1)) ?? []) : [],
  );
  return [...new Set(numbers)].sort((a, b) => Number(a) - Number(b)).map((number) => `${path}.${number}`);
}
