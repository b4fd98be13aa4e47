/**
 * Makes the page readable without network after the first visit: when the page has loaded, the service worker gets the list of its files
 * and the lab's zip. Browsers without service workers, and pages that are not served securely, do without.
 */
export function offerOffline(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const start = async () => {
    const { ready } = navigator.serviceWorker;
    await navigator.serviceWorker.register('/service-worker.js');
    const { active } = await ready;
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const zips = [...document.querySelectorAll<HTMLAnchorElement>('a[download]')].map(({ href }) => href);
    const own = [location.href.split('#')[0] ?? '/', ...loaded, ...zips].filter((address) => {
      const { origin, pathname } = new URL(address, location.href);
      return origin === location.origin && !pathname.startsWith('/api/');
    });
    active?.postMessage({ type: 'CACHE_URLS', payload: { urlsToCache: [...new Set(own)] } });
  };
  // Loading the page comes first.
  const later = () => setTimeout(() => void start().catch(() => undefined), 3000);
  if (document.readyState === 'complete') later();
  else window.addEventListener('load', later, { once: true });
}
