import { make } from '../dom.ts';
import { texts } from '../texts.ts';

// Code inside an element that already reacts to clicks is excluded.
const COPYABLE = 'code:not(pre code, a code, button code, summary code)';

async function copy(code: HTMLElement, said: HTMLElement): Promise<void> {
  const text = code.textContent ?? '';
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = `${texts.copy.copied}: ${text}`;
    code.classList.add('is-copied');
    setTimeout(() => code.classList.remove('is-copied'), 1200);
  } catch {
    said.textContent = texts.copy.failed;
  }
}

/** Gives inline code in a part of the page the role and the tab stop of a button. */
export function makeCopyable(part: ParentNode): void {
  for (const code of part.querySelectorAll<HTMLElement>('code')) {
    if (code.hasAttribute('role') || !code.matches(COPYABLE)) continue;
    code.setAttribute('role', 'button');
    code.tabIndex = 0;
    code.title = texts.copy.hint;
    code.dataset['copied'] = texts.copy.copied;
  }
}

/** Copies inline code when it is pressed by mouse, touch or keyboard, and says so. */
export function offerCopying(): void {
  const said = make('p', { className: 'sr-only' });
  said.setAttribute('role', 'status');
  const main = document.querySelector('main');
  main?.append(said);
  if (main) makeCopyable(main);
  const pressed = (event: Event) => (event.target instanceof Element ? event.target.closest<HTMLElement>('code[role="button"]') : null);
  document.addEventListener('click', (event) => {
    const code = pressed(event);
    // Dragging over text to select it also ends with a click.
    if (code !== null && getSelection()?.isCollapsed !== false) void copy(code, said);
  });
  document.addEventListener('keydown', (event) => {
    const code = pressed(event);
    if (code === null || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    void copy(code, said);
  });
}
