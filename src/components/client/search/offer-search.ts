import type { SearchWords } from './site-search.ts';

/** Makes the search button and Ctrl K open the search. Its code is loaded when it is first opened. */
export function offerSearch(): void {
  const place = document.querySelector<HTMLElement>('.site-search');
  const dialog = place?.querySelector('dialog');
  if (!place || !dialog) return;
  const words = JSON.parse(place.dataset['words'] ?? '{}') as SearchWords;
  let started = false;
  const start = async () => {
    if (started) return;
    started = true;
    try {
      const { startSearching } = await import('./site-search.ts');
      startSearching(dialog, words);
    } catch {
      started = false;
      const count = dialog.querySelector('.search-count');
      if (count) count.textContent = words.failed;
    }
  };
  const open = () => {
    if (!dialog.open) dialog.showModal();
    dialog.querySelector('input')?.select();
    void start();
  };
  place.querySelector('.search-open')?.addEventListener('click', open);
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    open();
  });
  dialog.addEventListener('click', (event) => {
    const leaves = event.target === dialog || (event.target instanceof Element && event.target.closest('a') !== null);
    if (leaves) dialog.close();
  });
  dialog.querySelector('form')?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
  });
}
