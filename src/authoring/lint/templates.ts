import { basename } from 'node:path';
import { isScalar, type Node } from 'yaml';
import { entriesOf, readYaml, valueAt } from '../../markdown/read/yaml-source.ts';
import { FUNCTION_TAGS } from '../template/functions.ts';
import type { LintDocument } from './document.ts';
import { isTemplateFile } from './file-kinds.ts';
import { type LintLab, textOfFile } from './lab.ts';

/** The names that a CloudFormation template declares. */
export interface TemplateNames {
  readonly text: string;
  /** The parameters with their defaults as written. */
  readonly parameters: ReadonlyMap<string, string | undefined>;
  /** The resources with their types. */
  readonly resources: ReadonlyMap<string, string | undefined>;
  readonly outputs: readonly string[];
}

/** The names that a template declares, or the part of a template that a text shows. */
export function namesOfTemplate(text: string): TemplateNames {
  const { root } = readYaml(text, FUNCTION_TAGS);
  const written = (section: string, member: string) =>
    new Map(entriesOf(valueAt(root, section)).map(({ key, value }) => [key, writtenAt(value, member)]));
  const outputs = entriesOf(valueAt(root, 'Outputs')).map(({ key }) => key);
  return { text, parameters: written('Parameters', 'Default'), resources: written('Resources', 'Type'), outputs };
}

/** A value as its author wrote it: `3.10` is not 3.1. */
function writtenAt(node: Node | null, key: string): string | undefined {
  const value = valueAt(node, key);
  return isScalar(value) ? (value.source ?? String(value.value)) : undefined;
}

/** A CloudFormation template in `files/`. */
export interface TemplateFile extends TemplateNames {
  readonly path: string;
}

/** The files of a lab that are CloudFormation templates. */
export function templatesOf(lab: LintLab): TemplateFile[] {
  return lab.files.flatMap((file) => {
    const text = textOfFile(file);
    return text !== undefined && isTemplateFile(file.path, text) ? [{ ...namesOfTemplate(text), path: file.path }] : [];
  });
}

const ON_TEMPLATES =
  /스택|템플릿|파일 ?선택|업로드|スタック|テンプレート|ファイルの?選択|アップロード|CloudFormation|\b(?:stack|template|choose file|upload)\b/i;

/** Whether the lab has all templates that a text names. Otherwise unknown templates may declare anything. */
export function hasEveryTemplate(lab: LintLab, { source }: LintDocument): boolean {
  const names = lab.files.map(({ path }) => basename(path));
  const lines = source.split('\n').filter((line) => ON_TEMPLATES.test(line));
  return lines.every((line) => [...line.matchAll(/[\w.-]+\.(?:ya?ml|template)\b/g)].every(([name]) => names.includes(name)));
}
