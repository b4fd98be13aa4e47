import { ExpirationPlugin } from 'workbox-expiration';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies';

// Keeps what is needed to read a lab page without network. Answers of the API are never kept, because an old verdict would be wrong.
// On its first visit, a page sends the message CACHE_URLS with its files; `workbox-routing` handles it.

/** The parts of a service worker's scope that are used here. TypeScript's library for workers conflicts with the one for pages. */
interface WorkerScope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: { waitUntil(work: Promise<void>): void }) => void): void;
}
declare const self: WorkerScope;

const DAY_SECONDS = 24 * 60 * 60;

type Plugins = NonNullable<NonNullable<ConstructorParameters<typeof CacheFirst>[0]>['plugins']>;

function bounded(maxEntries: number): Plugins {
  // The types of Workbox do not match each other under `exactOptionalPropertyTypes`.
  return [new ExpirationPlugin({ maxEntries, maxAgeSeconds: 60 * DAY_SECONDS, purgeOnQuotaError: true })] as unknown as Plugins;
}

// The first match decides. Requests that match nothing go to the network as usual.
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
