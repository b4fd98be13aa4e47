/**
 * While the page is printed, all callouts are open, also in browsers that cannot do it by style, and the page is light: dark mode would
 * print light letters on white paper.
 */
export function openForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  let theme: string | undefined;
  const page = document.documentElement.dataset;
  window.addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('details.callout:not([open])')];
    for (const fold of opened) fold.open = true;
    theme = page['theme'];
    page['theme'] = 'light';
  });
  window.addEventListener('afterprint', () => {
    for (const fold of opened) fold.open = false;
    if (theme !== undefined) page['theme'] = theme;
  });
}
