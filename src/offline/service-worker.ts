import { ExpirationPlugin } from 'workbox-expiration';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies';

// What a lab page needs to be read without network. Answers of the API are never kept: an old verdict would be a lie.
// `workbox-routing` answers the message CACHE_URLS, with which a page names what it consists of on its first visit.

/** As much of a service worker's own scope as is used here; the library of its types does not go together with that of pages. */
interface WorkerScope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: { waitUntil(work: Promise<void>): void }) => void): void;
}
declare const self: WorkerScope;

const DAY_SECONDS = 24 * 60 * 60;

type Plugins = NonNullable<NonNullable<ConstructorParameters<typeof CacheFirst>[0]>['plugins']>;

function bounded(maxEntries: number): Plugins {
  // Workbox's own types do not fit together under `exactOptionalPropertyTypes`.
  return [new ExpirationPlugin({ maxEntries, maxAgeSeconds: 60 * DAY_SECONDS, purgeOnQuotaError: true })] as unknown as Plugins;
}

// The first match decides; nothing that is not named here is touched.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_astro/'),
  new CacheFirst({ cacheName: 'assets', plugins: bounded(120) }),
);
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/files/'),
  new NetworkFirst({ cacheName: 'files', plugins: bounded(40) }),
);
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/(?:ko|ja|en)\/(?:[^.]*\/)?$/.test(url.pathname),
  new NetworkFirst({ cacheName: 'pages', networkTimeoutSeconds: 8, plugins: bounded(80) }),
);
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /\.(?:svg|png|webp|jpg)$|^\/pagefind\//.test(url.pathname),
  new StaleWhileRevalidate({ cacheName: 'extras', plugins: bounded(200) }),
);

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
