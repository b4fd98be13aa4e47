import { make, statusBadge } from '../dom.ts';
import { PREFLIGHT } from '../memory/memory.ts';
import { labId, texts } from '../texts.ts';
import type { LabCheck } from './lab-check.ts';

/**
 * Adds a panel before the first task that checks whether the account is ready for the lab. It looks like the panel of a task, but counts
 * for nothing.
 */
export function offerPreflight(): void {
  const first = document.querySelector('section.task');
  if (labId === undefined || first === null || document.querySelector('lab-check') === null) return;
  const panel = make('lab-check' as 'div', { className: 'check check-preflight not-content' }) as unknown as LabCheck;
  Object.assign(panel.dataset, { lab: labId, task: PREFLIGHT, status: 'unchecked' });
  const claim = make(
    'p',
    { className: 'check-claim' },
    statusBadge('unchecked', texts.status.unchecked),
    make('span', { className: 'check-goal' }, texts.check.preflight),
  );
  const button = make('button', { type: 'button', className: 'check-button' }, texts.check.button);
  const result = make('div', { className: 'check-result' });
  result.setAttribute('aria-live', 'polite');
  panel.append(make('div', { className: 'check-head' }, claim, button), result);
  first.before(panel);
}
