/** A `Host` header with a name or address and perhaps a port. It must not contain anything that a URL parser could read differently. */
const HOST_HEADER = /^(?<name>[a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a `Host` header names this machine, or the address that the site listens at. A foreign name that resolves to this machine (DNS
 * rebinding) does neither.
 *
 * @param ownHost the value of `HOST`, if it is set
 */
export function isOwnHost(header: string, ownHost?: string | undefined): boolean {
  const name = HOST_HEADER.exec(header)?.groups?.['name']?.toLowerCase();
  if (name === undefined) return false;
  const own = ownHost?.includes(':') ? `[${ownHost}]` : ownHost;
  return LOOPBACK.includes(name) || (own !== undefined && own.toLowerCase() === name);
}
