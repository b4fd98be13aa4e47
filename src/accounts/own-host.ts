/** A name or address and a port, as a `Host` header spells them; nothing that a URL parser would read something else out of. */
const HOST_HEADER = /^(?<name>[a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a `Host` header names this machine itself, or the address that the site was told to listen at.
 * A name that a stranger made resolve to this machine (DNS rebinding) does neither.
 *
 * @param ownHost what `HOST` says, if anything
 */
export function isOwnHost(header: string, ownHost?: string | undefined): boolean {
  const name = HOST_HEADER.exec(header)?.groups?.['name']?.toLowerCase();
  if (name === undefined) return false;
  const own = ownHost?.includes(':') ? `[${ownHost}]` : ownHost;
  return LOOPBACK.includes(name) || (own !== undefined && own.toLowerCase() === name);
}
