import type { Code } from 'mdast';
import { linesBefore } from '../../markdown/read/lines.ts';
import type { LintDocument } from './document.ts';
import { calloutBlock, commandsOf, lineOf, shellFencesOf, sourceOf, walk } from './outline.ts';
import { readTree } from './tree-drawing.ts';
import { hasWord } from './words.ts';

const FILE =
  /^[\w./-]*(?:[\w-]+\.(?:sh|bash|ps1|bat|py|ipynb|[cm]?js|[jt]sx?|jsonl?|ya?ml|template|md|txt|[ct]sv|html?|css|sql|java|jar|go|rb|php|cs|tf|tfvars|xml|toml|ini|conf|cfg|properties|parquet|png|jpe?g|gif|svg|pdf)|\/)$/i;

/** Whether a text is the name of a file or, with a slash at the end, of a folder. */
export function isFileName(text: string): boolean {
  return FILE.test(text) || /^(?:[\w.-]+\/)*(?:Dockerfile|Makefile|LICENSE|README)$/.test(text);
}

/** Words of a sentence in which a file is created, changed or fetched, and not only used. */
export const MAKES =
  /생성|작성|만들|만듭|만든|구성하|구성합|구성해|저장|추가|붙여|복사|복제|이동|옮|배치|정리|새\s|편집|수정|변경|바꾸|바꾼|이름|입력|빌드|패키|내보|압축하|압축합|압축한|作成|作り|生成|保存|追加|貼り|コピー|移動|配置|編集|変更|名前|ビルド|圧縮し|creat|writ|sav(?:e|ing)|cop(?:y|ies)|mov(?:e|ing)|add|build|edit|chang|renam|paste|generat|packag|arrang|nam(?:e|ing)/i;

/** Words of a sentence that shows a mistake on purpose. */
const ON_PURPOSE = /오타|잘못|틀린|틀리|없는|없다|없습|아니|間違|誤|ない|ありません|typo|mis|wrong|not\b/i;

/**
 * Commands that need an existing file, which is written as U+FFFC here. Commands that can also write it, such as `cp`, are not included.
 */
const TAKES =
  /^\s*(?:sudo\s+)?(?:(?:chmod|cat|less|head|tail|ls|rm|unzip|sha256sum)\s.*|(?:(?:(?:ba)?sh|source|\.|python3?|node)\s+|\.\/)(?:[\w.-]+\/)*)\ufffc|(?:\s-f\s+|--template-file\s+|file:\/\/)\S*\ufffc/;

const takes = (command: string, name: string) => !command.includes('>') && TAKES.test(command.replaceAll(name, '\ufffc'));

/** Whether a text only uses a file and never creates it: not in a command, a sentence or a sample. Lists of files are ignored. */
export function isOnlyTaken(document: LintDocument, name: string): boolean {
  const shells = new Map(shellFencesOf(document).map((fence) => [fence.node, commandsOf(fence)]));
  let isTaken = true;
  walk(document.tree, (node, ancestors) => {
    if (ancestors.some((ancestor) => calloutBlock(ancestor)?.callout?.shape === 'download')) return;
    if (node.type === 'code' && readTree((node as Code).value) === undefined) {
      const commands = shells.get(node as Code);
      const mentions = (commands ?? (node as Code).value).split(/\n|&&|[;|]/).filter((part) => hasWord(part, name));
      isTaken &&= mentions.every((part) => commands !== undefined && takes(part, name));
    }
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableRow' && node.type !== 'html') return;
    const text = sourceOf(document, node);
    if (hasWord(text, name)) isTaken &&= node.type === 'paragraph' && !MAKES.test(text) && !ON_PURPOSE.test(text);
  });
  return isTaken;
}

/** A file that a command of a text runs or reads. */
export interface TakenFile {
  /** As written, including folders. */
  readonly path: string;
  readonly line: number;
}

/** A command, with the file that follows it as a group. */
const runs = (command: string, kinds: string) => new RegExp(`${command}((?:\\./)?[A-Za-z0-9][\\w./-]*\\.(?:${kinds}))(?![\\w.-])`, 'gm');

const BEGIN = '(?:^|[;&|])\\s*(?:sudo\\s+)?';

const RUNS = [
  runs(`${BEGIN}(?:(?:ba)?sh|source|\\.|chmod\\s+[+\\w]+)\\s+`, 'sh'),
  runs(`${BEGIN}(?=\\./)`, 'sh'),
  runs(`${BEGIN}python3?\\s+`, 'py'),
  runs(`${BEGIN}node\\s+`, 'm?js'),
  runs(`${BEGIN}kubectl\\s+(?:apply|create|delete)\\s+-f\\s+`, 'ya?ml'),
  runs('(?:--template-file\\s+|file://)', 'ya?ml|json'),
];

/** Files below the current folder that the commands of a text run or read. */
export function filesRunIn(document: LintDocument): TakenFile[] {
  return shellFencesOf(document).flatMap((fence) => {
    const commands = commandsOf(fence).replace(/(^|\s)#.*$/gm, (comment) => ' '.repeat(comment.length));
    return RUNS.flatMap((pattern) =>
      [...commands.matchAll(pattern)].map((match) => ({
        path: (match[1] ?? '').replace(/^\.\//, ''),
        line: fence.line + linesBefore(commands, match.index + match[0].length),
      })),
    );
  });
}

/** Inline code that is the name of a file, with its line. */
export function filesNamedIn(document: LintDocument): TakenFile[] {
  const found: TakenFile[] = [];
  walk(document.tree, (node) => {
    if (node.type === 'inlineCode' && 'value' in node && isFileName(String(node.value)))
      found.push({ path: String(node.value).replace(/^\.\//, ''), line: lineOf(node) });
  });
  return found;
}
