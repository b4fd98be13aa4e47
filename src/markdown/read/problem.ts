import { relative } from 'node:path';
import type { Node } from 'unist';
import type { VFile } from 'vfile';

/** Mistakes in a text that do not prevent its page. */
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

/** Reports a problem at a node. The page is built all the same. `reason` says what was found and how to fix it. */
export function problem(file: VFile, id: ProblemId, reason: string, node?: Node): void {
  const message = file.message(reason, { ruleId: id, source: SOURCE });
  if (node?.position === undefined) return;
  message.place = node.position;
  message.line = node.position.start.line;
  message.column = node.position.start.column;
}

/** A problem in a file. */
export interface Problem {
  readonly id: ProblemId;
  readonly line: number;
  /** What was found and, after a semicolon, how to fix it. */
  readonly reason: string;
}

/** All problems that plugins have reported for a file, sorted by line. */
export function problemsOf(file: VFile): Problem[] {
  return file.messages
    .filter(({ source }) => source === SOURCE)
    .map(({ ruleId, line, reason }) => ({ id: ruleId as ProblemId, line: line ?? 1, reason }))
    .toSorted((a, b) => a.line - b.line);
}

/** Prints one problem: `src/content/labs/demo/ko.md:12: …`. */
export type TellProblem = (line: string, id: ProblemId) => void;

/** The last plugin of a page: prints what the others have reported. */
export function rehypeTellProblems({ tell }: { readonly tell: TellProblem }) {
  return (_tree: Node, file: VFile): void => {
    for (const { id, line, reason } of problemsOf(file)) tell(`${relative(process.cwd(), file.path ?? '')}:${line}: ${reason}`, id);
  };
}
