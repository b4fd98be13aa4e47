import { fill } from '../../i18n/fill.ts';
import { make } from './dom.ts';
import { LabCheck } from './lab-check.ts';
import { pageState } from './page-state.ts';
import { texts } from './texts.ts';

interface Move {
  readonly id: string;
  readonly task: string;
  readonly kind: 'solve' | 'mistake' | 'moment';
  readonly title: string;
}

interface PracticeLab {
  readonly account: string;
  readonly moves: readonly Move[];
  readonly moments?: readonly Move[];
}

/** Posts to the practice API. @throws Error when the answer is no success. */
export async function postPractice(path: string): Promise<{ account?: string }> {
  const response = await fetch(`/api/practice/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as { account?: string };
}

function moveButton(lab: string, move: Move, label: string, panel: LabCheck, said: HTMLElement): HTMLButtonElement {
  const button = make('button', { type: 'button', className: `practice-move practice-${move.kind}` }, label);
  button.dataset['move'] = move.id;
  button.addEventListener('click', () => {
    if (button.ariaDisabled === 'true') return;
    button.ariaDisabled = 'true';
    postPractice(`${encodeURIComponent(lab)}/${encodeURIComponent(move.id)}`)
      .then(async ({ account }) => {
        said.textContent = fill(texts.practice.done, { title: move.title });
        if (account !== undefined) pageState.use(account);
        await panel.check();
      })
      .catch(() => {
        said.textContent = texts.practice.failed;
      })
      .finally(() => {
        button.ariaDisabled = 'false';
      });
  });
  return button;
}

function group(title: string, buttons: readonly HTMLButtonElement[]): HTMLElement | undefined {
  if (buttons.length === 0) return undefined;
  return make(
    'details',
    { className: 'practice-group' },
    make('summary', {}, `${title} (${buttons.length})`),
    make('ul', {}, ...buttons.map((button) => make('li', {}, button))),
  );
}

function practicePanel(lab: string, moves: readonly Move[], panel: LabCheck): HTMLElement {
  const said = make('p', { className: 'practice-said' });
  said.setAttribute('role', 'status');
  const buttons = (kind: Move['kind'], label?: string) =>
    moves.filter((move) => move.kind === kind).map((move) => moveButton(lab, move, label ?? move.title, panel, said));
  return make(
    'div',
    { className: 'practice-panel' },
    make('p', { className: 'practice-title' }, texts.practice.title),
    ...buttons('solve', texts.practice.solve),
    group(texts.practice.mistakes, buttons('mistake')),
    group(texts.practice.moments, buttons('moment')),
    said,
  );
}

/** Puts the practice moves under each task. Does nothing where there is no practice account (the API answers 404). */
export async function showPractice(lab: string): Promise<void> {
  const response = await fetch(`/api/practice/${encodeURIComponent(lab)}?lang=${texts.language}`);
  if (!response.ok) return;
  const { moves, moments = [] } = (await response.json()) as PracticeLab;
  for (const panel of document.querySelectorAll<LabCheck>('lab-check')) {
    const own = [...moves, ...moments].filter(({ task }) => task === panel.dataset['task']);
    if (own.length > 0 && panel instanceof LabCheck) panel.append(practicePanel(lab, own, panel));
  }
}
