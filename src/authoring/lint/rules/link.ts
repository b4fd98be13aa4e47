import { existsSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger, { slug } from 'github-slugger';
import type { Definition, Heading, Html, Image, Link, Node, PhrasingContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { isLanguage } from '../../../i18n/languages.ts';
import { attributeOf, IMG } from '../../../markdown/read/html-images.ts';
import { linesBefore } from '../../../markdown/read/lines.ts';
import { TaskSections } from '../../../markdown/read/structure/task-headings.ts';
import type { LintDocument } from '../document.ts';
import type { LintLab } from '../lab.ts';
import { lineOf, sourceOf, stepsOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** All places in the page that a link can lead to. */
function anchorsOf(document: LintDocument): Set<string> {
  const slugger = new GithubSlugger();
  const anchors = new Set(['_top']);
  walk(document.tree, (node) => {
    if (node.type === 'heading') anchors.add(slugger.slug(plainText(node as Heading)));
    if (node.type === 'html') for (const [, id] of (node as Html).value.matchAll(/\b(?:id|name)=["']([^"']+)["']/g)) anchors.add(id ?? '');
    if (node.type === 'footnoteDefinition') anchors.add('footnotes');
  });
  const tasks = new TaskSections();
  const times = new Map<string, number>();
  let place = '';
  for (const node of document.tree.children) {
    if (node.type === 'heading') {
      tasks.next(node.depth, plainText(node));
      place = tasks.current ?? slug(plainText(node));
      if (tasks.current !== undefined) anchors.add(tasks.current);
    }
    for (const { number } of stepsOf(document, [node])) {
      const anchor = place === '' ? `step-${number}` : `${place}-step-${number}`;
      times.set(anchor, (times.get(anchor) ?? 0) + 1);
      anchors.add((times.get(anchor) ?? 1) > 1 ? `${anchor}-${times.get(anchor)}` : anchor);
    }
  }
  return anchors;
}

/** What is wrong with the target of a link; `undefined` when nothing is. */
function trouble(url: string, { folder, site, zip }: LintLab, anchors: ReadonlySet<string>): string | undefined {
  if (url.trim() === '' || url === '#') return 'This link leads nowhere.';
  if (/^(https?:)?\/\//.test(url)) return URL.canParse(url.replace(/^\/\//, 'https://')) ? undefined : `${url} is not an address.`;
  if (/^[a-z][a-z+.-]*:/i.test(url)) return undefined;
  const [path = '', anchor] = url.split('#');
  if (path === '') return anchor === undefined || anchors.has(safelyDecoded(anchor)) ? undefined : `The page has no anchor #${anchor}.`;
  const target = safelyDecoded(path.split('?')[0] ?? '');
  if (!target.startsWith('/')) return existsSync(join(folder, target)) ? undefined : `There is no file ${target} in the lab.`;
  if (target.endsWith('.zip'))
    return target === `/files/${zip}.zip` || site.zips.includes(target) || site.isPublic(target) ? undefined : `There is no zip ${target}.`;
  const [language, room, lab] = target.split('/').filter(Boolean);
  if (language === undefined || (isLanguage(language) && room === undefined)) return undefined;
  if (isLanguage(language) && room === 'labs' && lab !== undefined) return site.labs.includes(lab) ? undefined : `There is no lab ${lab}.`;
  return site.isPublic(target) ? undefined : `The site has no ${target}.`;
}

/** The pictures in raw HTML, with their lines. */
function picturesOf(node: Html): { readonly url: string; readonly line: number }[] {
  return [...node.value.matchAll(IMG)].flatMap(({ 0: tag, index }) => {
    const url = attributeOf(tag, 'src');
    return url === undefined ? [] : [{ url, line: lineOf(node) + linesBefore(node.value, index) }];
  });
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The source of a link or picture whose address contains a space: `[…](https://… …)`, `![…](my picture.png)`. */
const LINK =
  /(?<!\\)\[[^[\]\n]*(?<!\\)\]\((?:((?:https?:\/\/|\.{0,2}\/)[^()<>\n]*)|(?<=!\[[^[\]\n]*\]\()([^()<>\n]*\.(?:png|jpe?g|gif|svg|webp)))\)/gi;

const HOLDS_TEXT = ['paragraph', 'heading', 'tableCell'];

/** Links that Markdown does not recognise because their address contains a space, with their lines. */
function* splitAddresses(document: LintDocument, node: Node): Generator<{ readonly address: string; readonly line: number }> {
  if (!HOLDS_TEXT.includes(node.type) || !('children' in node)) return;
  const source = (node.children as PhrasingContent[])
    .map((child) => ({ type: child.type, written: sourceOf(document, child) }))
    // Markdown may have made a link of the address up to the space.
    .map(({ type, written }) =>
      type === 'text' || (type === 'link' && written.startsWith('h')) ? written : written.replace(/[^\n]/g, '\u{fffc}'),
    )
    .join('');
  for (const { 1: onTheWebOrPath, 2: picture = '', index } of source.matchAll(LINK)) {
    const address = (onTheWebOrPath ?? picture).replace(/\s+(?:"[^"]*"|'[^']*')\s*$/, '').trim();
    if (!/[ \t]/.test(address) || /["'\u{fffc}]/u.test(address)) continue;
    // Brackets after brackets need not be an address: `[path](/home or /tmp)` is a list.
    if (!/^https?:/i.test(address) && (/\s\//.test(address) || !/(?:\.\w{2,5}|\/)$/.test(address))) continue;
    yield { address, line: lineOf(node) + linesBefore(source, index) };
  }
}

export default defineRule({
  id: 'link',
  doc: 'Links, anchors and images lead somewhere. Addresses on the internet are not checked.',
  check(lab, report) {
    for (const document of lab.documents) {
      const anchors = anchorsOf(document);
      const pictures: { readonly url: string; readonly line: number; readonly wrong: string }[] = [];
      walk(document.tree, (node, ancestors) => {
        if (node.type === 'html') {
          for (const { url, line } of picturesOf(node as Html)) {
            const wrong = trouble(url, lab, anchors);
            if (wrong !== undefined) pictures.push({ url, line, wrong });
          }
        }
        for (const { address, line } of splitAddresses(document, node))
          report(
            { path: document.path, line },
            `This is not a link, because its address contains a space: ${address}.`,
            'Write the space as %20, or put the address between < and >.',
          );
        if (!['link', 'image', 'definition'].includes(node.type)) return;
        // A bare address takes the Korean particle after it along. The page removes it.
        if (node.type === 'link' && !sourceOf(document, node).startsWith('[')) return;
        const { url } = node as Link | Image | Definition;
        // Another rule checks the zip of a DOWNLOAD callout.
        if (url.endsWith('.zip') && ancestors.some(({ type }) => type === 'blockquote' || type === 'containerDirective')) return;
        const wrong = trouble(url, lab, anchors);
        if (wrong !== undefined) report({ path: document.path, line: lineOf(node) }, wrong, 'Fix the target or remove the link.');
      });
      // When all pictures are missing, the folder is missing, and one finding is enough.
      const [first, ...others] = pictures;
      const place = { path: document.path, line: first?.line ?? 1 };
      const fix = 'Put the pictures where the text looks for them.';
      if (first !== undefined && others.length > 2) report(place, `${first.wrong} ${others.length} more pictures are missing below.`, fix);
      else for (const { line, wrong } of pictures) report({ ...place, line }, wrong, fix);
    }
  },
});
