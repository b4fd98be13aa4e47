import { inspect } from 'node:util';
import type { APIContext, APIRoute } from 'astro';
import { type Visitor, visitorOf } from '../../accounts/visitor.ts';
import { CannotLook } from '../../aws/errors.ts';
import { redact } from '../../aws/redact.ts';
import type { Lab } from '../../checkers/engine/lab.ts';
import { findLab } from '../../checkers/index.ts';
import { isLanguage, LANGUAGES, type Language } from '../../i18n/languages.ts';
import { refuseStrangers } from './_door.ts';
import { badRequest, notFound, Problem, problemResponse } from './_problem.ts';

const PRACTICE_COOKIE = 'labproof-practice';
const SECRET = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ONE_YEAR = 365 * 24 * 60 * 60;

export interface ApiRequest {
  readonly context: APIContext;
  readonly visitor: Visitor;
  readonly language: Language;
}

/** An API route: refuses other sites, finds the visitor, and turns every error into a problem in plain words. */
export function route(answer: (request: ApiRequest) => Promise<Response> | Response): APIRoute {
  return async (context) => {
    try {
      refuseStrangers(context.request);
      const response = await answer({ context, visitor: await visitorOf(practiceSecret(context)), language: languageOf(context) });
      response.headers.set('Cache-Control', 'no-store');
      return response;
    } catch (trouble) {
      return problemResponse(asProblem(trouble));
    }
  };
}

/** The secret of this browser's practice account. A new browser gets a new one. */
function practiceSecret({ cookies, url }: APIContext): string {
  const known = cookies.get(PRACTICE_COOKIE)?.value;
  if (known !== undefined && SECRET.test(known)) return known;
  const secret = crypto.randomUUID();
  cookies.set(PRACTICE_COOKIE, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: url.protocol === 'https:',
    maxAge: ONE_YEAR,
  });
  return secret;
}

function languageOf({ url }: APIContext): Language {
  const asked = url.searchParams.get('lang') ?? 'ko';
  if (!isLanguage(asked)) throw badRequest(`"lang" is one of ${LANGUAGES.join(', ')}.`);
  return asked;
}

/** The lab of the URL. @throws Problem 404 */
export function labOf({ params }: APIContext): Lab {
  const lab = findLab(params['lab'] ?? '');
  if (lab === undefined) throw notFound('There is no lab of that name here.');
  return lab;
}

/** What the visitor is told about an error: our own refusals and those of AWS, but never a stack trace. */
export function asProblem(trouble: unknown): Problem {
  if (trouble instanceof Problem) return trouble;
  if (trouble instanceof CannotLook) return new Problem(502, 'The account could not be reached', trouble.message);
  console.error(redact(inspect(trouble)));
  return new Problem(500, 'Internal error', 'Something went wrong on our side; the server log has the details.');
}
