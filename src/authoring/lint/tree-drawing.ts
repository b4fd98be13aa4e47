/** A drawing of a folder as the command `tree` makes it. */
export interface TreeDrawing {
  /** The folder on the first line, without a slash; `undefined` when the drawing has no such line. */
  readonly root: string | undefined;
  /** Files, and folders without content in the drawing: their paths below the root, and their lines from 0. */
  readonly files: readonly { readonly path: string; readonly line: number }[];
  /** Whether nothing is left out and all lines were understood. */
  readonly isWhole: boolean;
}

/** A branch of the drawing: `│   ├── app.js`, `|-- app.js`, `└─ app.js`. */
const BRANCH = /^([\s│|]*)(?:[├└]─{1,3}|[|`+\\]-{2,3})\s*(\S.*)$/;

/** An elision `...`, or a name that stands for several: `*.json`, `<name>.yaml`. */
const OTHERS = /^(?:\.{3}|…|\()|[*<>{}[\]]/;

/** The name on a line, without symbols before it and a description after it: `app.js  # …`, `app.js - …`, `app.js (…)`, `app.js 앱`. */
function nameOf(written: string): string {
  const name = written
    .replace(/^\p{Extended_Pictographic}\ufe0f?\s*/u, '')
    .replace(/\s{2,}.*$|\t.*$/, '')
    .replace(/\s+[^\w.].*$/, '')
    .trim();
  return /^(\S+(?:\.\w+|\/))\s/.exec(name)?.[1] ?? name;
}

/** Reads a drawing; `undefined` when the text is not one. */
export function readTree(text: string): TreeDrawing | undefined {
  // `tree` prints no-break spaces.
  const lines = text.replaceAll('\u00a0', ' ').split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const branches = lines.map((line) => BRANCH.exec(line));
  const hasRoot = branches[first] === null;
  if (first < 0 || !branches[hasRoot ? first + 1 : first]) return undefined;
  const folders: { readonly column: number; readonly name: string }[] = [];
  const files: { path: string; line: number }[] = [];
  let isWhole = true;
  for (const [line, branch] of branches.entries()) {
    if (line < first || (hasRoot && line === first)) continue;
    if (branch === null) {
      isWhole &&= /^[\s│|]*$/.test(lines[line] ?? '');
      continue;
    }
    const [, { length: column } = '', written = ''] = branch;
    const name = nameOf(written);
    while ((folders.at(-1)?.column ?? -1) >= column) folders.pop();
    if (name === '' || OTHERS.test(name)) {
      isWhole = false;
      continue;
    }
    const folder = name.replace(/\/$/, '');
    const path = [...folders.map((one) => one.name), folder].join('/');
    const below = branches.slice(line + 1).find((next) => next !== null);
    const isFolder = (below?.[1] ?? '').length > column;
    if (!isFolder) files.push({ path, line });
    folders.push({ column, name: folder });
  }
  const root = hasRoot ? nameOf(lines[first] ?? '').replace(/\/$/, '') : undefined;
  return { root, files, isWhole };
}
