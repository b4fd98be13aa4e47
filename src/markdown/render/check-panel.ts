import type { PhrasingContent } from 'mdast';
import { ui } from '../../i18n/ui.ts';
import type { LabFile } from '../read/lab-file.ts';
import { element, type Markup } from '../read/nodes.ts';

/**
 * The check panel of a task before any JavaScript runs: the claim of the text's end marker, the status "not checked yet", the button (CSS
 * hides it without scripts) and, for readers without scripts, how to check from a terminal.
 */
export function checkPanel(lab: LabFile, task: string, claim: readonly PhrasingContent[]): Markup {
  const texts = ui[lab.language];
  return element(
    'lab-check',
    { className: ['check', 'not-content'], dataLab: lab.lab, dataTask: task, dataStatus: 'unchecked', dataPagefindIgnore: true },
    [
      element('div', { className: ['check-head'] }, [
        element('p', { className: ['check-claim'] }, [
          element('span', { className: ['check-status'], dataStatus: 'unchecked' }, [texts.status.unchecked]),
          element('span', { className: ['check-goal'] }, claim),
        ]),
        element('button', { type: 'button', className: ['check-button', 'needs-script'] }, [texts.check.button]),
      ]),
      element('noscript', {}, [element('p', {}, [texts.check.noScript])]),
      element('div', { className: ['check-result'], ariaLive: 'polite' }),
    ],
  );
}
