import { relative } from 'node:path';
import type { Node } from 'unist';
import type { VFile } from 'vfile';

/** What can be wrong with a text that still becomes a page. */
export type ProblemId =
  | 'callout-kind'
  | 'callout-quote'
  | 'code-open'
  | 'comment-open'
  | 'console-button'
  | 'container-open'
  | 'control-character'
  | 'download-file'
  | 'download-zip'
  | 'html-ends'
  | 'html-open'
  | 'image-missing'
  | 'lost-character'
  | 'output-code'
  | 'steps-swallowed'
  | 'stray-colons'
  | 'table-cells'
  | 'table-lost'
  | 'task-check'
  | 'task-end'
  | 'task-missing'
  | 'task-twice'
  | 'unsafe-html'
  | 'unsafe-link'
  | 'windows-path';

const SOURCE = 'lab';

/** Notes a problem at a node; the page is made all the same. `reason` says what was found and how to mend it. */
export function problem(file: VFile, id: ProblemId, reason: string, node?: Node): void {
  const message = file.message(reason, { ruleId: id, source: SOURCE });
  if (node?.position === undefined) return;
  message.place = node.position;
  message.line = node.position.start.line;
  message.column = node.position.start.column;
}

/** A problem of a file, with its line. */
export interface Problem {
  readonly id: ProblemId;
  readonly line: number;
  /** What was found, and after a semicolon how to mend it. */
  readonly reason: string;
}

/** What the plugins have noted in a file, in the order of its text. */
export function problemsOf(file: VFile): Problem[] {
  return file.messages
    .filter(({ source }) => source === SOURCE)
    .map(({ ruleId, line, reason }) => ({ id: ruleId as ProblemId, line: line ?? 1, reason }))
    .toSorted((a, b) => a.line - b.line);
}

/** Where a file's problems are told: `src/content/labs/demo/ko.md:12: …`. */
export type TellProblem = (line: string, id: ProblemId) => void;

/** The last plugin of a page: tells what the others have noted, in the order of the text. */
export function rehypeTellProblems({ tell }: { readonly tell: TellProblem }) {
  return (_tree: Node, file: VFile): void => {
    for (const { id, line, reason } of problemsOf(file)) tell(`${relative(process.cwd(), file.path ?? '')}:${line}: ${reason}`, id);
  };
}
