import { basename, extname } from 'node:path';
import type { Node } from 'mdast';
import { linesBefore } from '../../../markdown/read/lines.ts';
import type { LabFileContent } from '../../lab-files.ts';
import type { LintDocument } from '../document.ts';
import { isTemplate } from '../file-kinds.ts';
import { filesNamedIn, filesRunIn, isOnlyTaken, MAKES, type TakenFile } from '../file-use.ts';
import { type LintLab, textOfFile } from '../lab.ts';
import { nearest } from '../near-names.ts';
import { offerOf, UNPACKS } from '../offered-zip.ts';
import { commandsOf, type Fence, fencesOf, lineOf, shellFencesOf, sourceOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';
import { templatesOf } from '../templates.ts';
import { readTree } from '../tree-drawing.ts';
import { hasWord } from '../words.ts';

/** Words about files that come from elsewhere or are used on another computer. */
const BRINGS_FILES =
  /\bgit\s+clone|codecommit|\bcurl\b[^\n]*(?:\s-\w*[oO]\b|--output|--remote|\|\s*(?:ba)?sh)|\bwget\b|\baws\s+s3\s+(?:cp|sync|mv)|\btar\s|\bssh\b|\bscp\b|session manager|instance connect|user data|사용자 데이터|ユーザーデータ|\b(?:sam|cdk|npm|terraform|eb|amplify)\s+(?:init|create)|\bnpx\b|\b(?:docker|kubectl)\s+(?:exec|cp|run)|get-template|cloud9|에디터|편집기|エディタ|editor|vs code|\b(?:vim?|nano)\b/i;

/** Whether a sentence creates or downloads files without naming them. */
const bringsUnnamed = (sentence: string) =>
  (/파일|스크립트|ファイル|スクリプト|\bfile|\bscript/i.test(sentence) && MAKES.test(sentence) && !/`[^`\s]+\.\w+`/.test(sentence)) ||
  (/다운로드(?!한)|내려받(?!은)|ダウンロード(?!した)|download(?!ed)/i.test(sentence) && !/zip/i.test(sentence));

/** Whether a file of the zip can produce other files: an archive, or a script that writes files with computed names. */
function bringsOthers(file: LabFileContent): boolean {
  return /\.(?:zip|t?gz|tar|jar|whl)$/.test(file.path) || /(?:>|\btee\b)\s*["']?\S*\$|\bopen\(|\bwriteFile/.test(textOfFile(file) ?? '');
}

/**
 * Whether a file can only come from the zip: the text has unpacked the zip, and has not created or downloaded anything without naming it.
 */
function onlyZipBrings(document: LintDocument, boxes: readonly Node[], { path, line }: TakenFile): boolean {
  const above = document.source
    .split('\n')
    .slice(document.frontMatter.bodyLine, line - 1)
    .join('\n');
  if (!UNPACKS.test(above) || BRINGS_FILES.test(above)) return false;
  const commands = shellFencesOf(document).map(({ node }) => node);
  const mayBeFile = ({ node, isOutput }: Fence) =>
    !isOutput &&
    (node.value.startsWith('#!') || (!commands.includes(node) && readTree(node.value) === undefined && extname(path) !== '.sh'));
  if (fencesOf(document).some((fence) => fence.line < line && mayBeFile(fence))) return false;
  let isMade = false;
  walk(document.tree, (node, ancestors) => {
    if (node.type === 'paragraph' && lineOf(node) < line && !ancestors.some((ancestor) => boxes.includes(ancestor)))
      isMade ||= bringsUnnamed(sourceOf(document, node));
  });
  return !isMade;
}

/** The field of the console for a template. */
const TEMPLATE_FIELD = /upload a template file|템플릿 ?파일|テンプレート ?ファイル/i;

/** The templates that a text uses: in an option of a command, or in the field of the console. */
function templatesTakenIn(document: LintDocument): TakenFile[] {
  const found: TakenFile[] = [];
  for (const fence of shellFencesOf(document)) {
    const commands = commandsOf(fence);
    for (const match of commands.matchAll(/--template-(?:file\s+|body\s+file:\/\/)(?:\.\/)?([\w-][\w.-]*)(?![\w./-])/g))
      found.push({ path: match[1] ?? '', line: fence.line + linesBefore(commands, match.index) });
  }
  walk(document.tree, (node) => {
    if (node.type !== 'paragraph') return;
    const text = sourceOf(document, node);
    if (!TEMPLATE_FIELD.test(text)) return;
    for (const match of text.matchAll(/`([\w.-]+\.(?:ya?ml|template))`/g))
      found.push({ path: match[1] ?? '', line: lineOf(node) + linesBefore(text, match.index) });
  });
  return found;
}

/** The only template of the zip, when the text uses another one that cannot exist. */
function templateFor(lab: LintLab, document: LintDocument, { line }: TakenFile): string | undefined {
  const templates = templatesOf(lab);
  const above = document.source
    .split('\n')
    .slice(document.frontMatter.bodyLine, line - 1)
    .join('\n');
  const isShown = fencesOf(document).some(({ node }) => isTemplate(node.value));
  return templates.length === 1 && !BRINGS_FILES.test(above) && !isShown ? templates[0]?.path : undefined;
}

export default defineRule({
  id: 'missing-file',
  doc: 'A file that a text or its commands take from the zip is in the zip, under that name.',
  check(lab, report) {
    const real = lab.files.map(({ path }) => basename(path));
    if (real.length === 0) return;
    for (const document of lab.documents) {
      const { boxes } = offerOf(lab, document);
      const drawings = fencesOf(document).flatMap(({ node }) => (readTree(node.value) === undefined ? [] : [node]));
      const lists = [...boxes, ...drawings].map((node) => sourceOf(document, node));
      const run = filesRunIn(document);
      const isRun = (path: string) => run.some((one) => one.path === path);
      const told = new Set<string>();
      const templates = templatesTakenIn(document);
      const taken = [...run, ...filesNamedIn(document)].toSorted((one, other) => one.line - other.line);
      for (const { path, line } of taken) {
        const name = basename(path);
        if (real.includes(name) || lists.some((list) => hasWord(list, name)) || !isOnlyTaken(document, name)) continue;
        // A script of the zip may create the file.
        if (lab.files.some((file) => hasWord(textOfFile(file) ?? '', name))) continue;
        const place = { path: document.path, line };
        const isTemplateFor = templates.some((one) => one.path === path && one.line === line);
        const meant = slipOf(name, real) ?? (isTemplateFor ? templateFor(lab, document, { path, line }) : undefined);
        if (meant !== undefined) report(place, `The zip contains ${meant}, but no ${name}.`, `Write ${meant}.`);
        else if (!told.has(name) && isRun(path) && !lab.files.some(bringsOthers) && onlyZipBrings(document, boxes, { path, line }))
          report(
            place,
            `The zip does not contain ${name}, and no step creates it.`,
            'Put the file into files/, or say where it comes from.',
          );
        told.add(name);
      }
    }
  },
});

/**
 * The file that the author most likely meant: of the same kind, with a name that is too long to be a word, and not different only in a
 * number.
 */
function slipOf(name: string, real: readonly string[]): string | undefined {
  const kind = extname(name);
  const stem = basename(name, kind);
  const stems = real.filter((one) => extname(one) === kind).map((one) => basename(one, kind));
  if (stem.length < 6 || stems.some((one) => one.replace(/\d+/g, '') === stem.replace(/\d+/g, ''))) return undefined;
  const meant = nearest(stem, stems, stem.length < 10 ? 1 : 2);
  return meant === undefined ? undefined : `${meant}${kind}`;
}
