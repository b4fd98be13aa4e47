import type { Link } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { LintDocument } from '../document.ts';
import { isOnlyTaken } from '../file-use.ts';
import { textOfFile } from '../lab.ts';
import { nearest } from '../near-names.ts';
import { offerOf } from '../offered-zip.ts';
import { commandsOf, inlineCodesOf, lineOf, shellFencesOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';
import { hasWord } from '../words.ts';

const ZIP = /^(?:[\w.~-]*\/)*([\w-][\w.-]*\.zip)$/;

const zipOf = (text: string) => ZIP.exec(text)?.[1];

/** All links, with the zip that their words and their address name. */
function linksOf(document: LintDocument) {
  const found: { text: string; said: string | undefined; zip: string | undefined; line: number }[] = [];
  walk(document.tree, (node) => {
    if (node.type !== 'link') return;
    const text = plainText(node as Link);
    found.push({ text, said: zipOf(text), zip: zipOf((node as Link).url), line: lineOf(node) });
  });
  return found;
}

/** Zips that sentences and `unzip` name, with their lines, and links to zips that the site does not have. */
function mentionsOf(document: LintDocument, links: ReturnType<typeof linksOf>): { readonly name: string; readonly line: number }[] {
  const found = inlineCodesOf(document.tree).map(({ value, line }) => ({ text: value, line }));
  for (const { text, zip, line } of links) if (zip === undefined) found.push({ text, line });
  for (const fence of shellFencesOf(document)) {
    for (const [at, command] of commandsOf(fence).split('\n').entries())
      found.push({ text: /\bunzip\s+(?:-\w+\s+)*["']?([^\s"']+)/.exec(command)?.[1] ?? '', line: fence.line + at });
  }
  return found.flatMap(({ text, line }) => {
    const name = zipOf(text);
    return name === undefined ? [] : [{ name, line }];
  });
}

export default defineRule({
  id: 'zip-name',
  doc: 'A zip that the text mentions has the name of the one it offers, unless the text creates or downloads another.',
  check(lab, report) {
    for (const document of lab.documents) {
      const links = linksOf(document);
      for (const { said, zip, line } of links) {
        if (said === undefined || zip === undefined || said === zip) continue;
        report({ path: document.path, line }, `The link says ${said} and leads to ${zip}.`, `Write ${zip}, or link the other one.`);
      }
      const { name: offered } = offerOf(lab, document);
      if (offered === undefined) continue;
      for (const { name, line } of mentionsOf(document, links)) {
        const isNear = nearest(name.replace(/\.zip$/, ''), [offered]) !== undefined;
        const isLinked = document.source.includes(`/${name})`);
        const isKnown = lab.files.some((file) => hasWord(textOfFile(file) ?? '', name) || file.path.endsWith(name));
        if (isNear && !isLinked && !isKnown && isOnlyTaken(document, name))
          report({ path: document.path, line }, `${name} is not offered; the zip is ${offered}.zip.`, `Write ${offered}.zip.`);
      }
    }
  },
});
