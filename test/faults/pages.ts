import type { Protocol } from './kinds.ts';

/** Operations whose answers come in pages. */
export const isPaged = (operation: string) => /:(List|Lookup)|:Describe(Images|LogGroups|StackEvents)$/.test(operation);

const TOKEN = 'labproof-page-';
const PAGES = 100;
const ITEMS = 100;

/** The page a request asks for, 0 for the first, and the request as the service must see it: without our token. */
export function readPage(body: string, protocol: Protocol): { readonly page: number; readonly body: string } {
  const page = Number(new RegExp(`${TOKEN}(\\d+)`).exec(body)?.[1] ?? 0);
  if (page === 0) return { page, body };
  if (protocol === 'json') {
    const members = Object.entries(JSON.parse(body) as Record<string, unknown>).filter(([, value]) => !String(value).startsWith(TOKEN));
    return { page, body: JSON.stringify(Object.fromEntries(members)) };
  }
  const form = new URLSearchParams(body);
  for (const [name, value] of [...form]) if (value.startsWith(TOKEN)) form.delete(name);
  return { page, body: form.toString() };
}

/** The same answer with a token for a page that is always the same. */
export function withSameToken(answer: string, protocol: Protocol): string {
  return withToken(answer, protocol, `${TOKEN}1`);
}

/** One of a hundred pages: a hundred strangers on each, and on the last one what there really is. */
export function withManyItems(answer: string, protocol: Protocol, page: number): string {
  if (page >= PAGES) return answer;
  const crowd = protocol === 'json' ? crowdOfJson(answer, page) : crowdOfXml(answer, page);
  return withToken(crowd, protocol, `${TOKEN}${page + 1}`);
}

function withToken(answer: string, protocol: Protocol, token: string): string {
  if (protocol === 'json') return JSON.stringify({ ...(JSON.parse(answer) as object), nextToken: token, NextToken: token });
  const tokens = `<NextToken>${token}</NextToken><Marker>${token}</Marker><IsTruncated>true</IsTruncated>`;
  return answer.replace(/<\/(\w+)Result>/, (end) => `${tokens}${end}`);
}

function crowdOfJson(answer: string, page: number): string {
  const members = Object.entries(JSON.parse(answer) as Record<string, unknown>).map(([name, value]) => {
    if (!Array.isArray(value)) return [name, value];
    const [first] = value as unknown[];
    return [name, first === undefined ? [] : Array.from({ length: ITEMS }, (_, index) => stranger(first, page * ITEMS + index))];
  });
  return JSON.stringify(Object.fromEntries(members));
}

/** Something of the same shape that is nobody we look for. */
function stranger(one: unknown, number: number): unknown {
  if (typeof one === 'string')
    return one.startsWith('sha256:') ? `sha256:${number.toString(16).padStart(64, '0')}` : `other-${number}-${one}`;
  if (Array.isArray(one)) return [];
  if (one === null || typeof one !== 'object') return one;
  return Object.fromEntries(Object.entries(one).map(([name, value]) => [name, stranger(value, number)]));
}

function crowdOfXml(answer: string, page: number): string {
  const [first] = /<member>.*?<\/member>/s.exec(answer) ?? [];
  if (first === undefined) return answer;
  const crowd = Array.from({ length: ITEMS }, (_, index) =>
    first.replace(/>([A-Za-z][^<]*)</g, (_text, value: string) => `>other-${page * ITEMS + index}-${value}<`),
  ).join('');
  const end = answer.lastIndexOf('</member>') + '</member>'.length;
  return answer.slice(0, answer.indexOf('<member>')) + crowd + answer.slice(end);
}
