import type { CheckResult, Json } from '../../../checkers/engine/result.ts';
import { fill } from '../../../i18n/fill.ts';
import { formatUsd } from '../../../i18n/format.ts';
import { resultTexts } from '../../../i18n/result-texts.ts';
import rowStyle from '../../../styles/check-rows.css?inline';
import { addStyle, make, statusBadge } from '../dom.ts';
import { texts } from '../texts.ts';
import { adviceFor } from './advice.ts';

addStyle(rowStyle);
const said = resultTexts[texts.language];

function show(value: Json): string {
  // Nothing was found, or nothing was expected.
  if (value === null) return '—';
  if (Array.isArray(value)) return value.map((member: Json) => show(member)).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fact(term: string, value: Json | undefined, className = ''): HTMLElement | undefined {
  if (value === undefined) return undefined;
  return make('div', { className }, make('dt', {}, term), make('dd', {}, make('code', {}, show(value))));
}

/** A link to another site, only when it uses HTTPS, because the address comes from the answer. */
function consoleLink(address: string | undefined): HTMLElement | undefined {
  if (address === undefined || !URL.canParse(address) || new URL(address).protocol !== 'https:') return undefined;
  return make('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, said.console);
}

function stepLink(task: string, step: number | undefined): HTMLElement | undefined {
  if (step === undefined || document.getElementById(`${task}-step-${step}`) === null) return undefined;
  return make('a', { href: `#${task}-step-${step}` }, fill(said.step, { step }));
}

/** The name of what has to pass first: the heading of a task on this page, or the title of a check of this task. */
function nameOf(blocker: string, titles: ReadonlyMap<string, string>): string {
  const task = document.querySelector(`section[data-task="${CSS.escape(blocker.split('/').at(-1) ?? '')}"] h2`);
  return titles.get(blocker) ?? task?.textContent?.trim() ?? blocker;
}

function fixLines({ fix }: CheckResult): HTMLElement | undefined {
  if (fix === undefined) return undefined;
  const { command, order, costPerMonth } = fix;
  // Costs that round to zero are not mentioned.
  const costs = costPerMonth !== undefined && costPerMonth.amount >= 0.005;
  const cost = costs ? fill(said.fix.cost, { cost: formatUsd(costPerMonth.amount, texts.language) }) : undefined;
  const facts = [fact(said.fix.order, order), fact(said.fix.command, command)];
  return make(
    'div',
    { className: 'check-fix' },
    make('dl', {}, ...facts),
    cost === undefined ? undefined : make('p', { className: 'check-first' }, cost),
  );
}

/** A link that opens the matching TROUBLESHOOTING entry, marks the line in it and scrolls there. */
function adviceLink(check: CheckResult, task: string): HTMLElement | undefined {
  const advice = check.status === 'failed' ? adviceFor(check, task) : undefined;
  if (advice === undefined) return undefined;
  const { fold, line } = advice;
  fold.open = true;
  line.classList.add('fits');
  if (line.id === '') line.id = `${task}-advice-${check.id}`;
  const title = line.querySelector('strong')?.textContent ?? fold.querySelector('.callout-heading')?.textContent ?? '';
  return make('a', { href: `#${line.id}` }, fill(said.advice, { title }));
}

/** Details that a student can forward to the person who can fix the problem. */
function operatorFold({ operatorMessage, requestId }: CheckResult): HTMLElement | undefined {
  if (operatorMessage === undefined) return undefined;
  const request = requestId === undefined ? '' : ` (${requestId})`;
  const summary = make('summary', { className: 'check-more' }, said.operator);
  return make('details', {}, summary, make('p', { className: 'check-message' }, `${operatorMessage}${request}`));
}

/** For a check that was proven from the past: how, and when it happened. */
function pastLine({ source, event }: CheckResult): HTMLElement | undefined {
  if (source !== 'history') return undefined;
  const time = event && new Intl.DateTimeFormat(texts.language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(event.at));
  return make('p', { className: 'check-past' }, time === undefined ? said.history : fill(said.historyAt, { time }));
}

/** A check in plain words, including where it belongs, for somebody who has not seen this page. */
function questionText(check: CheckResult, task: string): string {
  const place = check.step === undefined ? task : `${task}-step-${check.step}`;
  const lines = [
    `${texts.status[check.status]}: ${check.title} [${task}/${check.id}]`,
    check.message,
    ...(check.expected == null ? [] : [`${said.expected}: ${show(check.expected)}`]),
    ...(check.observed == null ? [] : [`${said.observed}: ${show(check.observed)}`]),
    ...(check.requestId === undefined ? [] : [`request id: ${check.requestId}`]),
    `${location.origin}${location.pathname}#${place}`,
  ];
  return lines.filter((line) => line !== '').join('\n');
}

/** A button that copies what somebody needs to know to help. */
function questionButton(check: CheckResult, task: string): HTMLElement {
  const button = make('button', { type: 'button', className: 'check-question' }, said.question);
  const answer = make('span', { role: 'status' });
  button.addEventListener('click', () => {
    const copied = navigator.clipboard?.writeText(questionText(check, task)) ?? Promise.reject(new Error('No clipboard.'));
    copied.then(
      () => answer.replaceChildren(said.questionCopied),
      () => answer.replaceChildren(texts.copy.failed),
    );
  });
  return make('span', { className: 'check-asking' }, button, answer);
}

/** What was expected, what was found, and where to see it; empty when there is nothing to show. */
function evidence(check: CheckResult, task: string): HTMLElement[] {
  // When nothing was expected and nothing was found, the title is enough.
  const seen = check.expected != null || check.observed != null;
  const facts = [
    seen ? fact(said.expected, check.expected) : undefined,
    seen ? fact(said.observed, check.observed) : undefined,
    fact(said.resource, check.resource, 'check-resource'),
  ];
  const asks = check.status === 'failed' || check.status === 'unknown';
  const links = [
    consoleLink(check.consoleUrl),
    stepLink(task, check.step),
    adviceLink(check, task),
    asks ? questionButton(check, task) : undefined,
  ].filter((link) => link !== undefined);
  return [
    ...(facts.some(Boolean) ? [make('dl', { className: 'check-facts' }, ...facts)] : []),
    ...(links.length > 0 ? [make('p', { className: 'check-links' }, ...links)] : []),
  ];
}

/** The content of a row below its title: open when there is something to do, folded when all is well. */
function body(check: CheckResult, task: string, titles: ReadonlyMap<string, string>): (HTMLElement | undefined)[] {
  const message = check.message === '' ? undefined : make('p', { className: 'check-message' }, check.message);
  switch (check.status) {
    case 'passed': {
      const details = evidence(check, task);
      const fold = make('details', {}, make('summary', { className: 'check-more' }, said.details), ...details);
      return [message, pastLine(check), details.length > 0 ? fold : undefined];
    }
    case 'blocked': {
      const first = check.blockedBy === undefined ? undefined : fill(said.blocked, { first: nameOf(check.blockedBy, titles) });
      return [message, first === undefined ? undefined : make('p', { className: 'check-first' }, first)];
    }
    case 'unknown':
      return [make('p', { className: 'check-ours' }, said.ours), message, operatorFold(check), ...evidence(check, task)];
    case 'failed':
    case 'waiting':
    case 'not-started':
      return [message, pastLine(check), fixLines(check), ...evidence(check, task)];
  }
}

/**
 * The row of one check. Everything in the answer is inserted as text.
 * @param titles titles of the checks so far, by id, to name what blocks this one.
 */
export function renderCheck(check: CheckResult, task: string, titles: ReadonlyMap<string, string>): HTMLLIElement {
  const reason = check.reason === undefined ? '' : ` (${said.reason[check.reason]})`;
  const badge = statusBadge(check.status, texts.status[check.status] + reason);
  const title = make('p', { className: 'check-row-title' }, badge, make('strong', {}, check.title));
  const row = make('li', { className: 'check-row' }, title, ...body(check, task, titles));
  row.dataset['status'] = check.status;
  row.dataset['check'] = check.id;
  return row;
}
