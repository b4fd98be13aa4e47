import type { LabCheck } from '../checks/lab-check.ts';
import { make } from '../dom.ts';
import { PREFLIGHT } from '../memory/memory.ts';
import { texts } from '../texts.ts';

/** The code for moves is loaded when it is first used, because most readers read first. */
const moves = () => import('./practice-moves.ts');

function practicePanel(lab: string, panel: LabCheck): HTMLElement {
  const said = make('p', { className: 'practice-said' });
  said.setAttribute('role', 'status');
  const place = { lab, panel, said };
  const failed = () => {
    said.textContent = texts.practice.failed;
  };
  const solve = make('button', { type: 'button', className: 'practice-move practice-solve' }, texts.practice.solve);
  solve.addEventListener('click', () => void moves().then(({ solveTask }) => solveTask(place, solve), failed));
  const group = make('details', { className: 'practice-group' }, make('summary', {}, texts.practice.others));
  group.addEventListener('toggle', () => void moves().then(({ listMoves }) => listMoves(place, group), failed));
  return make('div', { className: 'practice-panel' }, make('p', { className: 'practice-title' }, texts.practice.title), solve, group, said);
}

/** Adds the moves of the practice account below each task. */
export function showPractice(lab: string): void {
  for (const panel of document.querySelectorAll<LabCheck>(`lab-check:not([data-task="${PREFLIGHT}"])`)) {
    panel.append(practicePanel(lab, panel));
  }
}
