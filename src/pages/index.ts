import type { APIRoute } from 'astro';
import { isLanguage } from '../i18n/languages.ts';
import { LANGUAGE_COOKIE, negotiateLanguage } from '../i18n/negotiate.ts';

export const prerender = false;

/** Redirects to the catalogue, in the language that the visitor has chosen before, else in one that the browser accepts. */
export const GET: APIRoute = ({ cookies, request }) => {
  const chosen = cookies.get(LANGUAGE_COOKIE)?.value;
  const language = isLanguage(chosen) ? chosen : negotiateLanguage(request.headers.get('accept-language'));
  return new Response(null, {
    status: 302,
    headers: { location: `/${language}/`, vary: 'Accept-Language, Cookie', 'cache-control': 'private, no-cache' },
  });
};
