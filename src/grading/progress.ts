import cliProgress, { type Options } from 'cli-progress';
import stringWidth from 'string-width';
import type { AccountResult } from './account-result.ts';
import { scoreText } from './reports/class-report.ts';
import { plainText } from './reports/plain-text.ts';
import { shortened } from './reports/shortened.ts';
import type { RosterEntry } from './roster.ts';

/** A stream that may be a terminal. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  /** Width of the terminal; 0 when it is unknown. */
  readonly columns?: number;
  hasColors?(): boolean;
}

/** Shows the progress of a run. */
export interface Progress {
  started(entry: RosterEntry): void;
  finished(result: AccountResult): void;
  /** Restores the terminal. May be called twice. */
  stop(): void;
}

/** In a terminal, shows a bar with the names of the students who are being graded. Otherwise writes a line for each finished student. */
export function showProgress(stream: Output, total: number): Progress {
  return stream.isTTY ? bar(stream, total) : lines(stream, total);
}

function lines(stream: NodeJS.WritableStream, total: number): Progress {
  let done = 0;
  return {
    started() {},
    finished(result) {
      done += 1;
      stream.write(`[${done}/${total}] ${plainText(result.student)} ${result.account} ${result.status} ${scoreText(result)}\n`);
    },
    stop() {},
  };
}

function bar(stream: Output, total: number): Progress {
  const running = new Set<string>();
  const format: NonNullable<Options['format']> = (options, { progress, value }, { names }: { names?: string }) => {
    const head = `${cliProgress.Format.BarFormat(progress, options)} ${value}/${total} `;
    return head + shortened(names ?? '', (stream.columns || 80) - stringWidth(head) - 1);
  };
  const progress = new cliProgress.SingleBar({
    format,
    stream,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
  });
  progress.start(total, 0, { names: '' });
  let done = 0;
  const show = () => progress.update(done, { names: [...running].map(plainText).join(', ') });
  return {
    started({ student }) {
      running.add(student);
      show();
    },
    finished({ student }) {
      running.delete(student);
      done += 1;
      show();
    },
    stop: () => progress.stop(),
  };
}
