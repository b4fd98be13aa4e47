import { fill } from '../../../i18n/fill.ts';
import type { LabCheck } from '../checks/lab-check.ts';
import { make } from '../dom.ts';
import { pageState } from '../memory/page-state.ts';
import { texts } from '../texts.ts';
import { postPractice } from './practice-api.ts';

interface Move {
  readonly id: string;
  readonly task: string;
  readonly kind: 'solve' | 'mistake' | 'moment';
  readonly title: string;
}

interface PracticeLab {
  readonly moves: readonly Move[];
  readonly moments?: readonly Move[];
}

/** Where a move is played: the lab, the panel of the task, and the line for messages. */
export interface Place {
  readonly lab: string;
  readonly panel: LabCheck;
  readonly said: HTMLElement;
}

let loading: Promise<readonly Move[]> | undefined;

async function load(lab: string): Promise<readonly Move[]> {
  const response = await fetch(`/api/practice/${encodeURIComponent(lab)}?lang=${texts.language}`);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { moves, moments = [] } = (await response.json()) as PracticeLab;
  return [...moves, ...moments];
}

/** The moves of a panel's task. @throws Error when they cannot be loaded; the next call tries again. */
async function movesOf({ lab, panel }: Place): Promise<Move[]> {
  loading ??= load(lab);
  try {
    return (await loading).filter(({ task }) => task === panel.dataset['task']);
  } catch (trouble) {
    loading = undefined;
    throw trouble;
  }
}

/** Runs something slow for a button, one run at a time, and shows an error. */
async function during(button: HTMLElement, { said }: Place, work: () => Promise<void>): Promise<void> {
  if (button.ariaDisabled === 'true') return;
  button.ariaDisabled = 'true';
  try {
    await work();
  } catch {
    said.textContent = texts.practice.failed;
  } finally {
    button.ariaDisabled = 'false';
  }
}

async function play({ lab, panel, said }: Place, move: Move): Promise<void> {
  const { account } = await postPractice(`${encodeURIComponent(lab)}/${encodeURIComponent(move.id)}`);
  said.textContent = fill(texts.practice.done, { title: move.title });
  if (account !== undefined) pageState.use(account);
  // The results push what is below them out of sight, so the focus moves above them.
  if (panel.querySelector('.practice-panel')?.contains(document.activeElement)) panel.querySelector<HTMLElement>('.check-button')?.focus();
  await panel.check();
}

/** Plays the move that solves the task. */
export function solveTask(place: Place, button: HTMLElement): Promise<void> {
  return during(button, place, async () => {
    const solve = (await movesOf(place)).find(({ kind }) => kind === 'solve');
    if (solve === undefined) throw new Error('No move solves this task.');
    await play(place, solve);
  });
}

function moveList(place: Place, title: string, moves: readonly Move[]): HTMLElement | undefined {
  if (moves.length === 0) return undefined;
  const buttons = moves.map((move) => {
    const button = make('button', { type: 'button', className: 'practice-move' }, move.title);
    button.dataset['move'] = move.id;
    button.addEventListener('click', () => void during(button, place, () => play(place, move)));
    return button;
  });
  const list = make('ul', {}, ...buttons.map((button) => make('li', {}, button)));
  return make('div', {}, make('p', { className: 'practice-kind' }, title), list);
}

/** Fills an opened fold with the mistakes and situations of the task. Does nothing the second time. */
export async function listMoves(place: Place, fold: HTMLElement): Promise<void> {
  if (fold.childElementCount > 1) return;
  try {
    const moves = await movesOf(place);
    if (fold.childElementCount > 1) return;
    const kinds = [
      moveList(
        place,
        texts.practice.mistakes,
        moves.filter(({ kind }) => kind === 'mistake'),
      ),
      moveList(
        place,
        texts.practice.moments,
        moves.filter(({ kind }) => kind === 'moment'),
      ),
    ];
    fold.append(...kinds.filter((list) => list !== undefined));
  } catch {
    place.said.textContent = texts.practice.failed;
  }
}
