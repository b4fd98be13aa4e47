import { linesBefore } from '../../markdown/read/lines.ts';
import type { LintDocument } from './document.ts';
import { commandsOf, lineOf, shellFencesOf, sourceOf, walk } from './outline.ts';

/** A stack that a text mentions by name. */
export interface StackMention {
  readonly name: string;
  readonly line: number;
  /** Whether the student gives the stack this name here. */
  readonly given: boolean;
}

const NAME = '`([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)`';
const GIVEN = new RegExp(`(?:\\*\\*)?(?:Stack name|스택 이름|スタック名|スタックの名前)(?:\\*\\*)?[^\`\\n]{0,12}${NAME}`, 'gi');
const SPOKEN = [new RegExp(`${NAME}\\s*(?:스택|スタック|stack\\b)`, 'gi'), new RegExp(`(?:스택|スタック|stack):?\\s*${NAME}`, 'gi')];

/** The stacks that a text mentions, in sentences and in commands. */
export function stacksIn(document: LintDocument): StackMention[] {
  const found: StackMention[] = [];
  walk(document.tree, (node) => {
    if (node.type !== 'paragraph') return;
    const text = sourceOf(document, node);
    const at = (index: number) => lineOf(node) + linesBefore(text, index);
    for (const match of text.matchAll(GIVEN)) found.push({ name: match[1] ?? '', line: at(match.index), given: true });
    for (const match of SPOKEN.flatMap((pattern) => [...text.matchAll(pattern)]))
      found.push({ name: match[1] ?? '', line: at(match.index), given: false });
  });
  for (const fence of shellFencesOf(document)) {
    const commands = commandsOf(fence);
    for (const match of commands.matchAll(/--stack-name[= ]+["']?([A-Za-z][A-Za-z0-9-]+)/g)) {
      const given = /(?:create-stack|cloudformation deploy|sam deploy)(?:[^\n]|\\\n)*$/.test(commands.slice(0, match.index));
      found.push({ name: match[1] ?? '', line: fence.line + linesBefore(commands, match.index), given });
    }
  }
  return found;
}

/** The names that readers of a lab's texts give to stacks. */
export function stacksMadeIn(documents: readonly LintDocument[]): Set<string> {
  return new Set(documents.flatMap(stacksIn).flatMap(({ name, given }) => (given ? name : [])));
}
