import { accountMode } from '../../accounts/mode.ts';
import { isOwnHost } from '../../accounts/own-host.ts';
import { forbidden } from './_problem.ts';

/**
 * Refuses requests from other sites. Only this site's own pages and programs on this machine may use the API. A page of another site always
 * sends `Origin` with a POST. With DNS rebinding the `Host` is foreign, too, which matters when the server has somebody's credentials
 * (`local`).
 *
 * @throws Problem 403
 */
export function refuseStrangers(request: Request, environment: Readonly<Record<string, string | undefined>> = process.env): void {
  const host = request.headers.get('host') ?? '';
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  if (origin !== null && hostOf(origin) !== host)
    throw forbidden('This request comes from a page of another site, so it was not carried out.');
  if (site !== null && site !== 'same-origin' && site !== 'none') {
    throw forbidden('This request comes from a page of another site, so it was not carried out.');
  }
  if (accountMode(environment) === 'local' && !isOwnHost(host, environment['HOST'])) {
    throw forbidden(`The site looks at an account with local credentials and answers only at localhost, not at "${host.slice(0, 100)}".`);
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
