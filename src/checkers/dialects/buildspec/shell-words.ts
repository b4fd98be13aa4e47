import type { ParameterExpansionPart, ParameterOperation, Script, Word, WordPart } from 'unbash';
import { bounded, deeper, MAX_DEPTH, type Shell } from './shell-state.ts';
import { isKnown, UNKNOWN } from './text.ts';

/** One part of a word, and whether the shell splits it at blanks. */
interface Piece {
  readonly text: string;
  readonly splits: boolean;
}

const whole = (text: string): Piece[] => [{ text, splits: false }];
const splitting = (text: string): Piece[] => [{ text, splits: true }];

/** Reads the words of commands: quotes, variables, substitutions. */
export class Words {
  readonly #printed: (script: Pick<Script, 'commands'>, shell: Shell) => string;

  /** @param printed what the commands of a substitution print */
  constructor(printed: (script: Pick<Script, 'commands'>, shell: Shell) => string) {
    this.#printed = printed;
  }

  /** A word as one text, as in assignments. */
  text({ parts, value }: Word, shell: Shell): string {
    return parts === undefined ? value : bounded(this.joined(parts, shell));
  }

  /** The parts of a word or of a here-document as one text. */
  joined(parts: readonly WordPart[], shell: Shell): string {
    return this.#pieces(parts, shell)
      .map(({ text }) => text)
      .join('');
  }

  /** A word as the arguments it becomes: expansions without quotes are split at blanks and vanish when empty. */
  fields({ parts, value }: Word, shell: Shell): string[] {
    if (parts === undefined) return [value];
    const fields: string[] = [];
    let current: string | undefined;
    for (const { text, splits } of this.#pieces(parts, shell)) {
      const [head = '', ...tail] = splits ? text.split(/[ \t\n]+/) : [text];
      if (!splits || head !== '') current = (current ?? '') + head;
      for (const part of tail) {
        if (current !== undefined) fields.push(current);
        current = part === '' ? undefined : part;
      }
    }
    if (current !== undefined) fields.push(bounded(current));
    return fields;
  }

  #pieces(parts: readonly WordPart[], shell: Shell): Piece[] {
    if (shell.shared.depth > MAX_DEPTH) return whole(UNKNOWN);
    return deeper(shell, () => parts.flatMap((part) => this.#expanded(part, shell)));
  }

  #expanded(part: WordPart, shell: Shell): Piece[] {
    switch (part.type) {
      case 'Literal':
      case 'SingleQuoted':
      case 'AnsiCQuoted':
        return whole(part.value);
      case 'DoubleQuoted':
      case 'LocaleString':
        if (part.parts.length === 1 && part.parts[0]?.text === '$@') return shell.positional.flatMap(whole);
        return whole(this.joined(part.parts, shell));
      case 'SimpleExpansion':
        return splitting(variable(part.text.replace(/^\$/, ''), shell));
      case 'ParameterExpansion':
        return splitting(this.#parameter(part, shell));
      case 'CommandExpansion':
        return splitting(part.script === undefined ? UNKNOWN : this.#printed(part.script, shell).replace(/\n+$/, ''));
      case 'Glob':
      case 'ExtendedGlob':
        return whole(part.text);
      default:
        return whole(UNKNOWN);
    }
  }

  #parameter({ parameter, prefix, operation, index }: ParameterExpansionPart, shell: Shell): string {
    if (prefix === '!' || index !== undefined) return UNKNOWN;
    const value = variable(parameter, shell);
    if (prefix === '#') return isKnown(value) ? String(value.length) : UNKNOWN;
    return operation === undefined ? value : this.#operated(value, operation, parameter, shell);
  }

  #operated(value: string, operation: ParameterOperation, parameter: string, shell: Shell): string {
    const text = (word: Word) => this.text(word, shell);
    switch (operation.type) {
      case 'Default': {
        const { operator, operand } = operation;
        const isSet = shell.variables.has(parameter) || /^\W|^\d/.test(parameter);
        const lacks = !isSet || (operator.startsWith(':') && value === '');
        if (isSet && value === UNKNOWN) return UNKNOWN;
        if (operator.endsWith('+')) return lacks ? '' : text(operand);
        if (!lacks) return value;
        if (operator.endsWith('?')) return UNKNOWN;
        const otherwise = text(operand);
        if (operator.endsWith('=')) shell.variables.set(parameter, otherwise);
        return otherwise;
      }
      case 'Slice': {
        const offset = Number(text(operation.offset));
        const length = operation.length && Number(text(operation.length));
        if (!isKnown(value) || !Number.isInteger(offset) || (length !== undefined && !Number.isInteger(length))) return UNKNOWN;
        const from = offset < 0 ? Math.max(0, value.length + offset) : offset;
        return value.slice(from, length !== undefined && length >= 0 ? from + length : length);
      }
      case 'Remove':
        return removed(value, operation.operator, text(operation.operand));
      case 'Replace': {
        const [pattern, replacement] = [text(operation.pattern), text(operation.replacement)];
        if (!isKnown(value) || !isKnown(pattern) || /[*?[\]]/.test(pattern)) return UNKNOWN;
        if (operation.operator === '//') return value.replaceAll(pattern, () => replacement);
        return operation.operator === '/' ? value.replace(pattern, () => replacement) : UNKNOWN;
      }
      case 'CaseModification':
        if (operation.operand !== undefined) return UNKNOWN;
        if (operation.operator === ',,') return value.toLowerCase();
        return operation.operator === '^^' ? value.toUpperCase() : UNKNOWN;
      default:
        return UNKNOWN;
    }
  }
}

function variable(name: string, { positional, variables }: Shell): string {
  if (/^[1-9]\d*$/.test(name)) return positional[Number(name) - 1] ?? '';
  if (name === '@' || name === '*') return positional.join(' ');
  if (name === '#') return String(positional.length);
  // One that nothing here sets may be set in the project.
  return variables.get(name) ?? UNKNOWN;
}

/** `${value#pattern}` and its kin, for patterns of plain text and `*`. */
function removed(value: string, operator: string, pattern: string): string {
  if (!isKnown(value) || !isKnown(pattern) || /[?[\]\\]/.test(pattern)) return UNKNOWN;
  // What a pattern of several stars costs grows quickly with the text.
  if (pattern.split('*').length > 3 || value.length > 512) return UNKNOWN;
  const body = pattern.split('*').map((part) => part.replace(/[.+^${}()|]/g, '\\$&'));
  const greedy = operator.length === 2;
  if (operator.startsWith('#')) return value.replace(new RegExp(`^${body.join(greedy ? '[\\s\\S]*' : '[\\s\\S]*?')}`), '');
  // The shortest suffix is what is left by the longest beginning.
  const match = new RegExp(`^([\\s\\S]*${greedy ? '?' : ''})${body.join('[\\s\\S]*')}$`).exec(value);
  return match?.[1] ?? value;
}
