import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { CheckResult, Json, Status, TaskResult } from '../../checkers/engine/result.ts';
import { ui } from '../../i18n/ui.ts';
import { type ClassReport, scoreText, stumbles, taskTitle } from './class-report.ts';
import { plainText } from './plain-text.ts';
import { REPORT_STYLE } from './report-style.ts';
import { REPORT_TEXTS } from './report-texts.ts';
import { STATUS_MARKS } from './status-marks.ts';

const MOST_STUMBLES = 10;

/**
 * `report.html`: an overview of the class, then every check of every student with its messages. One file that has no scripts and loads
 * nothing. It is built as a tree of elements, so texts from rosters, students and AWS can only become text.
 */
export function renderReportPage(report: ClassReport): string {
  const { lab, language, at, practice, students } = report;
  const texts = REPORT_TEXTS[language];
  const title = `${texts.heading}: ${lab.id}`;
  const page = h(null, [
    { type: 'doctype' },
    h('html', { lang: language }, [
      h('head', [
        h('meta', { charSet: 'utf-8' }),
        h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        h('meta', { name: 'referrer', content: 'no-referrer' }),
        h('title', title),
        h('style', REPORT_STYLE),
      ]),
      h('body', [
        h('main', [
          h('h1', title),
          h('p.soft', h('time', { dateTime: at.toISOString() }, `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`)),
          practice ? h('p.notice', texts.practice) : null,
          students.some(({ result }) => result === undefined) ? h('p.notice', texts.incomplete) : null,
          h('h2', texts.overview),
          overview(report),
          h('p.soft', texts.legend),
          ...stumbleList(report),
          h('h2', texts.students),
          ...students.map((student) => studentDetails(report, student)),
        ]),
      ]),
    ]),
  ]);
  return toHtml(page);
}

type Student = ClassReport['students'][number];

function mark(status: Status, report: ClassReport) {
  const word = ui[report.language].status[status];
  return h(`span.mark.${status}`, { title: word, role: 'img', ariaLabel: word }, STATUS_MARKS[status]);
}

function overview(report: ClassReport) {
  const texts = REPORT_TEXTS[report.language];
  const row = ({ entry, result }: Student) =>
    h('tr', [
      h('td', h('bdi', plainText(entry.student)), entry.name ? h('span.soft', [' ', h('bdi', plainText(entry.name))]) : ''),
      h('td', h('code', entry.account)),
      ...report.tasks.map(({ id }) => {
        const status = result?.tasks.find(({ task }) => task === id)?.status;
        return h('td', status ? mark(status, report) : '');
      }),
      h('td', result ? scoreText(result) : texts.notReached),
    ]);
  return h('div.scroll', { tabIndex: 0, role: 'region', ariaLabel: texts.overview }, [
    h('table', [
      h(
        'thead',
        h(
          'tr',
          [texts.student, texts.account, ...report.tasks.map(({ id }) => id), texts.score].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h('tbody', report.students.map(row)),
    ]),
  ]);
}

function stumbleList(report: ClassReport) {
  const texts = REPORT_TEXTS[report.language];
  const most = stumbles(report).slice(0, MOST_STUMBLES);
  if (most.length === 0) return [];
  const worst = most[0]?.failed ?? 1;
  return [
    h('h2', texts.stumbles),
    h('table', [
      h(
        'thead',
        h(
          'tr',
          [texts.check, texts.failed].map((name) => h('th', { scope: 'col' }, name)),
        ),
      ),
      h(
        'tbody',
        most.map(({ task, title, failed }) =>
          h('tr', [
            h('td', [plainText(title), h('span.soft', ` ${task}`)]),
            h('td', [String(failed), h('span.bar', { style: `width: ${Math.round((failed / worst) * 100)}%` })]),
          ]),
        ),
      ),
    ]),
  ];
}

function studentDetails(report: ClassReport, { entry, result }: Student) {
  const name = h('bdi', plainText(entry.name === undefined ? entry.student : `${entry.student} (${entry.name})`));
  if (!result) return h('details', [h('summary', [name, ` · ${REPORT_TEXTS[report.language].notReached}`])]);
  return h('details', [
    h('summary', [mark(result.status, report), name, ` · ${scoreText(result)}`]),
    h('p.soft', [h('code', entry.account), ` · ${entry.region}`]),
    result.trouble === undefined ? null : h('p.notice', plainText(result.trouble)),
    ...result.tasks.flatMap((task) => taskDetails(report, task)),
  ]);
}

function taskDetails(report: ClassReport, { task, status, checks }: TaskResult) {
  return [
    h('h3', [mark(status, report), `${plainText(taskTitle(report, task))} `, h('span.soft', ui[report.language].status[status])]),
    h(
      'ul',
      checks.map((check) => checkItem(report, check)),
    ),
  ];
}

function checkItem(report: ClassReport, check: CheckResult) {
  const texts = REPORT_TEXTS[report.language];
  const showsEvidence = check.status === 'failed' || check.status === 'waiting';
  const evidence = [
    [texts.expected, check.expected],
    [texts.observed, check.observed],
  ].flatMap(([term, value]) => (value === undefined ? [] : [h('dt', String(term)), h('dd', h('code', valueText(value)))]));
  return h('li', [
    mark(check.status, report),
    plainText(check.title),
    check.message === '' ? null : h('p', plainText(check.message)),
    showsEvidence && evidence.length > 0 ? h('dl', evidence) : null,
    showsEvidence && check.consoleUrl?.startsWith('https://')
      ? h('p', h('a', { href: check.consoleUrl, rel: 'noopener noreferrer' }, texts.console))
      : null,
  ]);
}

function valueText(value: Json): string {
  return plainText(typeof value === 'string' ? value : JSON.stringify(value));
}
