import type { Link } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import type { LintDocument } from '../document.ts';
import { isOnlyTaken } from '../file-use.ts';
import { textOfFile } from '../lab.ts';
import { hasWord, nearest } from '../names.ts';
import { offerOf } from '../offered-zip.ts';
import { commandsOf, inlineCodesOf, lineOf, shellFencesOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

const ZIP = /^(?:[\w.~-]*\/)*([\w-][\w.-]*\.zip)$/;

const zipOf = (text: string) => ZIP.exec(text)?.[1];

/** Links to a zip whose words name another one. */
function mislabelledIn(document: LintDocument): { readonly said: string; readonly zip: string; readonly line: number }[] {
  const found: { said: string; zip: string; line: number }[] = [];
  walk(document.tree, (node) => {
    const [said, zip] = node.type === 'link' ? [zipOf(plainText(node as Link)), zipOf((node as Link).url)] : [];
    if (said !== undefined && zip !== undefined && said !== zip) found.push({ said, zip, line: lineOf(node) });
  });
  return found;
}

/** Zips that sentences and `unzip` name, with their lines, and links that lead to no zip of the site. */
function mentionsOf(document: LintDocument): { readonly name: string; readonly line: number }[] {
  const found = inlineCodesOf(document.tree).map(({ value, line }) => ({ text: value, line }));
  walk(document.tree, (node) => {
    if (node.type === 'link' && zipOf((node as Link).url) === undefined) found.push({ text: plainText(node as Link), line: lineOf(node) });
  });
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
  doc: 'A zip the text speaks of has the name of the one it offers, unless the text makes or gets another.',
  check(lab, report) {
    for (const document of lab.documents) {
      for (const { said, zip, line } of mislabelledIn(document))
        report({ path: document.path, line }, `The link says ${said} and leads to ${zip}.`, `Write ${zip}, or link the other one.`);
      const { name: offered } = offerOf(lab, document);
      if (offered === undefined) continue;
      for (const { name, line } of mentionsOf(document)) {
        const isNear = nearest(name.replace(/\.zip$/, ''), [offered]) !== undefined;
        const isLinked = document.source.includes(`/${name})`);
        const isKnown = lab.files.some((file) => hasWord(textOfFile(file) ?? '', name) || file.path.endsWith(name));
        if (isNear && !isLinked && !isKnown && isOnlyTaken(document, name))
          report({ path: document.path, line }, `${name} is not offered; the zip is ${offered}.zip.`, `Write ${offered}.zip.`);
      }
    }
  },
});
