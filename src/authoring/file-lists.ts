import { basename } from 'node:path';

/** One way in which a lab's text and its zip disagree, as a sentence for the author. */
export interface FileListDifference {
  readonly list: 'tree' | 'download' | 'link';
  /** Path below the zip's top folder, or the text that is wrong. */
  readonly path: string;
  readonly message: string;
}

/**
 * Compares what a lab's text says of its zip with what the zip holds: the tree drawing, the list in the DOWNLOAD box and the link to the zip.
 * @param body Markdown of the lab.
 * @param zip Group and name of the zip: `week9/week9-2-cicd-lab`.
 * @param contents Paths with the zip's top folder, as `zipContents` returns them.
 */
export function compareFileLists(body: string, zip: string, contents: readonly { readonly path: string }[]): FileListDifference[] {
  const top = basename(zip);
  const real = contents.map(({ path }) => path.slice(top.length + 1));
  const links = [...body.matchAll(/\]\((\/files\/[^)\s]+\.zip)\)/g)].map(([, href]) => href ?? '');
  const expected = `/files/${zip}.zip`;
  const wrongLinks = links.filter((href) => href !== expected);
  return [
    ...wrongLinks.map((path) => ({ list: 'link' as const, path, message: `The text links to ${path}, but the lab's zip is ${expected}.` })),
    ...(links.includes(expected) ? [] : [{ list: 'link' as const, path: expected, message: `The text has no link to ${expected}.` }]),
    ...differences('tree', 'the tree drawing', treeFiles(body, top), real),
    ...differences('download', 'the DOWNLOAD box', downloadFiles(body), real),
  ];
}

function differences(
  list: 'tree' | 'download',
  name: string,
  said: readonly string[] | undefined,
  real: readonly string[],
): FileListDifference[] {
  if (said === undefined) return [{ list, path: '', message: `The text lacks ${name} of the zip's files.` }];
  return [
    ...real
      .filter((path) => !said.includes(path))
      .map((path) => ({ list, path, message: `The zip holds ${path}, but ${name} does not name it.` })),
    ...said
      .filter((path) => !real.includes(path))
      .map((path) => ({ list, path, message: `In ${name} stands ${path}, but the zip does not hold it.` })),
    ...said.filter((path, at) => said.indexOf(path) !== at).map((path) => ({ list, path, message: `In ${name}, ${path} stands twice.` })),
  ];
}

/** Paths drawn with `├──`, `└──` and `│` under a first line `<top>/`; `undefined` when no fence starts with that line. */
function treeFiles(body: string, top: string): string[] | undefined {
  const fence = [...body.matchAll(/^```[^\n]*\n([\s\S]*?)^```/gm)]
    .map(([, inner]) => inner ?? '')
    .find((inner) => inner.startsWith(`${top}/\n`));
  if (fence === undefined) return undefined;
  const folders: string[] = [];
  // The command `tree` draws with no-break spaces.
  return fence
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, indent, name] = /^((?:[│ ] {3})*)[├└]── ([^#]+?)(?:\s+#.*)?$/.exec(line) ?? [];
      if (indent === undefined || name === undefined) return [];
      const depth = indent.length / 4;
      folders.length = depth;
      if (!name.endsWith('/')) return [[...folders, name].join('/')];
      folders.push(name.slice(0, -1));
      return [];
    });
}

/** Names in inline code at the head of the DOWNLOAD box's list items; `undefined` when there is no such box. */
function downloadFiles(body: string): string[] | undefined {
  const box = /^> \[!DOWNLOAD\][^\n]*\n((?:>[^\n]*(?:\n|$))*)/m.exec(body)?.[1];
  if (box === undefined) return undefined;
  return [...box.matchAll(/^> [-*+] `([^`]+)`/gm)].map(([, name]) => name ?? '');
}
