import {
  type AndOr,
  type Assignment,
  type CommandNode,
  type CompoundList,
  type HereDoc,
  type ParameterExpansionPart,
  type Pipeline,
  type PipelineNode,
  parse,
  type Redirection,
  type Statement,
  type TestExpression,
  type Word,
  type WordPart,
} from 'unbash';
import { isKnown, UNKNOWN } from './text.ts';

/** How a command ended: it worked, it failed, or that cannot be told. */
export type Ended = boolean | undefined;

export interface Outcome {
  /** Standard output. */
  readonly out: string;
  readonly ended: Ended;
}

export interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly stdin: string;
  /** What the command's environment holds. */
  readonly variables: ReadonlyMap<string, string>;
  /** False inside a branch of which it cannot be told whether it runs. */
  readonly certain: boolean;
}

export interface Host {
  /** Runs a program. `undefined`: a program whose effect cannot be told. */
  run(call: Call): Outcome | undefined;
  /** The text of a script that lies in the source; `undefined` when it has not been read. */
  script(path: string): string | undefined;
  /** Told of every command whose effect cannot be told. */
  lost(command: string): void;
}

export interface WrittenFile {
  readonly content: string;
  readonly certain: boolean;
}

/** A shell as it stands between two commands: all of a build's commands share one. */
export interface Shell {
  readonly variables: Map<string, string>;
  readonly files: Map<string, WrittenFile>;
  readonly functions: Map<string, CommandNode | CompoundList>;
  positional: readonly string[];
  /** How many more commands may be followed; shared by a shell and its subshells. */
  readonly budget: { left: number };
}

export const newShell = (variables: Readonly<Record<string, string>>): Shell => ({
  variables: new Map(Object.entries(variables)),
  files: new Map(),
  functions: new Map(),
  positional: [],
  budget: { left: MAX_STEPS },
});

const MAX_STEPS = 5_000;
const MAX_DEPTH = 60;
const MAX_TEXT = 16 * 1024;
const FINE: Outcome = { out: '', ended: true };

/**
 * Follows shell commands without running anything: variables, quoting, substitutions, conditions, loops, functions and
 * redirections are carried out on text, programs are left to the host. What depends on something unseen becomes
 * {@link UNKNOWN}; a branch that may or may not run is followed and marked as not certain.
 */
export function runShell(source: string, shell: Shell, host: Host): Outcome {
  return new Interpreter(host).script(source, shell);
}

/** One part of a word, and whether the shell splits it at blanks. */
interface Piece {
  readonly text: string;
  readonly splits: boolean;
}

class Interpreter {
  readonly #host: Host;
  #depth = 0;
  /** How many branches that may not run we are inside of. */
  #maybe = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  script(source: string, shell: Shell): Outcome {
    const script = parse(source);
    if (script.errors?.length) this.#host.lost(firstLine(source));
    return this.#statements(script.commands, shell, '');
  }

  #statements(statements: readonly Statement[], shell: Shell, stdin: string): Outcome {
    let out = '';
    let ended: Ended = true;
    for (const { command } of statements) {
      const outcome: Outcome = command.type === 'AndOr' ? this.#andOr(command, shell, stdin) : this.#pipelineNode(command, shell, stdin);
      out = bounded(out + outcome.out);
      ended = outcome.ended;
    }
    return { out, ended };
  }

  #list(list: CompoundList, shell: Shell, stdin: string): Outcome {
    return this.#statements(list.commands, shell, stdin);
  }

  #andOr({ commands, operators }: AndOr, shell: Shell, stdin: string): Outcome {
    let out = '';
    let ended: Ended = true;
    for (const [index, command] of commands.entries()) {
      const operator = operators[index - 1];
      if ((operator === '&&' && ended === false) || (operator === '||' && ended === true)) continue;
      const run = () => this.#pipelineNode(command, shell, stdin);
      const outcome: Outcome = operator !== undefined && ended === undefined ? this.#perhaps(shell, run) : run();
      out = bounded(out + outcome.out);
      ended = operator !== undefined && ended === undefined ? undefined : outcome.ended;
    }
    return { out, ended };
  }

  /** Follows a branch that may or may not run: afterwards, what it would have changed is not known. */
  #perhaps(shell: Shell, run: () => Outcome): Outcome {
    const before = new Map(shell.variables);
    this.#maybe += 1;
    const { out } = run();
    this.#maybe -= 1;
    for (const name of new Set([...before.keys(), ...shell.variables.keys()])) {
      if (before.get(name) !== shell.variables.get(name)) shell.variables.set(name, UNKNOWN);
    }
    return { out: out === '' ? '' : UNKNOWN, ended: undefined };
  }

  #pipelineNode(node: PipelineNode, shell: Shell, stdin: string): Outcome {
    return node.type === 'Pipeline' ? this.#pipeline(node, shell, stdin) : this.#command(node, shell, stdin);
  }

  #pipeline({ commands, prefixes }: Pipeline, shell: Shell, stdin: string): Outcome {
    let outcome: Outcome = { out: stdin, ended: true };
    for (const command of commands) {
      // Every part of a pipeline has a shell of its own, but writes the same files.
      const own = commands.length === 1 ? shell : fork(shell);
      outcome = this.#command(command, own, outcome.out);
    }
    const negated = prefixes.some(({ type }) => type === 'Negation');
    return negated && outcome.ended !== undefined ? { ...outcome, ended: !outcome.ended } : outcome;
  }

  #command(node: CommandNode, shell: Shell, stdin: string): Outcome {
    shell.budget.left -= 1;
    if (shell.budget.left < 0 || this.#depth > MAX_DEPTH) {
      this.#host.lost('…');
      return { out: UNKNOWN, ended: undefined };
    }
    this.#depth += 1;
    try {
      return this.#compound(node, shell, stdin);
    } finally {
      this.#depth -= 1;
    }
  }

  #compound(node: CommandNode, shell: Shell, stdin: string): Outcome {
    switch (node.type) {
      case 'Command': {
        const { input, finish } = this.#redirect(node.redirects, shell, stdin);
        const assignments = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
        const words = [
          ...(node.name ? this.#fields(node.name, shell) : []),
          ...node.args.flatMap((arg) => (arg.type === 'Word' ? this.#fields(arg, shell) : [this.#assignmentWord(arg, shell)])),
        ];
        if (words.length === 0) {
          for (const assignment of assignments) this.#assign(assignment, shell);
          return finish(FINE);
        }
        // Assignments before a command are for that command only.
        const scope = assignments.length === 0 ? shell : fork(shell);
        for (const assignment of assignments) this.#assign(assignment, scope);
        return finish(this.#call(words, scope, input));
      }
      case 'Redirected': {
        const { input, finish } = this.#redirect(node.redirects, shell, stdin);
        return finish(this.#compound(node.command, shell, input));
      }
      case 'Subshell':
        return this.#list(node.body, fork(shell), stdin);
      case 'BraceGroup':
        return this.#list(node.body, shell, stdin);
      case 'Function':
        shell.functions.set(node.name.value, node.body);
        return FINE;
      case 'If': {
        const clauses = [node, ...node.elif].map(({ clause, then }) => ({ clause, then }));
        return this.#if(clauses, node.else, shell, stdin);
      }
      case 'For': {
        const words = node.wordlist ? node.wordlist.flatMap((word) => this.#fields(word, shell)) : [...shell.positional];
        let outcome: Outcome = FINE;
        for (const word of words.slice(0, 100)) {
          shell.variables.set(node.name.value, word);
          const { out, ended } = this.#list(node.body, shell, stdin);
          outcome = { out: bounded(outcome.out + out), ended };
        }
        return outcome;
      }
      case 'While':
        // How often it runs cannot be told: it is followed once.
        return this.#perhaps(shell, () => {
          this.#list(node.clause, shell, stdin);
          return this.#list(node.body, shell, stdin);
        });
      case 'Case': {
        const word = this.#text(node.word, shell);
        for (const { pattern, body } of node.items) {
          const patterns = pattern.map((each) => this.#text(each, shell));
          if (patterns.includes('*') || (isKnown(word) && patterns.includes(word))) return this.#list(body, shell, stdin);
          const mayFit = !isKnown(word) || patterns.some((each) => /[*?[]/.test(each) || !isKnown(each));
          if (mayFit) this.#perhaps(shell, () => this.#list(body, shell, stdin));
        }
        return { out: '', ended: undefined };
      }
      case 'TestCommand':
        return { out: '', ended: this.#test(node.expression, shell) };
      case 'ArithmeticCommand':
        return { out: '', ended: undefined };
      default:
        this.#host.lost(node.type);
        return { out: UNKNOWN, ended: undefined };
    }
  }

  #if(
    [first, ...rest]: readonly { readonly clause: CompoundList; readonly then: CompoundList }[],
    otherwise: CompoundList | undefined,
    shell: Shell,
    stdin: string,
  ): Outcome {
    if (first === undefined) return otherwise ? this.#list(otherwise, shell, stdin) : FINE;
    const { ended } = this.#list(first.clause, shell, stdin);
    if (ended === true) return this.#list(first.then, shell, stdin);
    if (ended === false) return this.#if(rest, otherwise, shell, stdin);
    const then = this.#perhaps(shell, () => this.#list(first.then, shell, stdin));
    const other = this.#perhaps(shell, () => this.#if(rest, otherwise, shell, stdin));
    return { out: then.out || other.out, ended: undefined };
  }

  #call(words: readonly string[], shell: Shell, stdin: string): Outcome {
    const [name = '', ...args] = words;
    const body = shell.functions.get(name);
    if (body !== undefined) {
      const before = shell.positional;
      shell.positional = args;
      const outcome = body.type === 'CompoundList' ? this.#list(body, shell, stdin) : this.#command(body, shell, stdin);
      shell.positional = before;
      return outcome;
    }
    switch (name) {
      case 'export':
      case 'readonly':
      case 'declare':
      case 'typeset':
      case 'local':
        for (const arg of args) {
          const equals = arg.indexOf('=');
          if (equals > 0 && !arg.startsWith('-')) shell.variables.set(arg.slice(0, equals), arg.slice(equals + 1));
        }
        return FINE;
      case 'unset':
        for (const arg of args) shell.variables.set(arg, '');
        return FINE;
      case 'read':
        for (const arg of args) if (/^[A-Za-z_]\w*$/.test(arg)) shell.variables.set(arg, UNKNOWN);
        return { out: '', ended: undefined };
      case 'shift':
        shell.positional = shell.positional.slice(Number(args[0] ?? 1) || 1);
        return FINE;
      case 'false':
        return { out: '', ended: false };
      case 'test':
      case '[':
        return { out: '', ended: testWords(name === '[' ? args.slice(0, -1) : args) };
      case 'eval':
        return this.#nested(args.join(' '), shell, stdin);
      case 'source':
      case '.':
        return this.#file(args[0] ?? '', args.slice(1), shell, stdin, words);
      case 'sh':
      case 'bash':
      case '/bin/sh':
      case '/bin/bash': {
        const at = args.findIndex((arg) => !/^[-+]/.test(arg));
        const first = args[at];
        if (first === undefined) return this.#nested(stdin, fork(shell), '');
        if (args.slice(0, at).some((arg) => /^-[a-z]*c/.test(arg))) return this.#nested(first, fork(shell), stdin);
        return this.#file(first, args.slice(at + 1), fork(shell), stdin, words);
      }
      case 'sudo':
      case 'env':
      case 'command':
      case 'exec':
      case 'time':
      case 'nohup':
      case 'builtin': {
        if (name === 'command' && /^-[vV]/.test(args[0] ?? '')) return { out: UNKNOWN, ended: undefined };
        const scope = fork(shell);
        let rest = args;
        for (let next = rest[0]; next !== undefined && (/^-/.test(next) || /^[A-Za-z_]\w*=/.test(next)); next = rest[0]) {
          const equals = next.indexOf('=');
          if (!next.startsWith('-')) scope.variables.set(next.slice(0, equals), next.slice(equals + 1));
          rest = rest.slice(1);
        }
        return rest.length === 0 ? FINE : this.#call(rest, scope, stdin);
      }
      case 'timeout': {
        const at = args.findIndex((arg) => !arg.startsWith('-'));
        return this.#call(args.slice(at + 1), shell, stdin);
      }
      case 'tee':
        for (const path of args.filter((arg) => !arg.startsWith('-'))) this.#write(shell, path, stdin, args.includes('-a'));
        return { out: stdin, ended: true };
      case 'cat': {
        const paths = args.filter((arg) => !arg.startsWith('-'));
        const out = paths.length === 0 ? stdin : paths.map((path) => shell.files.get(fileName(path))?.content ?? UNKNOWN).join('');
        return { out, ended: true };
      }
      case 'cp':
      case 'mv': {
        const [from = '', to = ''] = args.filter((arg) => !arg.startsWith('-'));
        const content = shell.files.get(fileName(from))?.content;
        const target = /(^|\/)\.{0,2}\/?$/.test(to) ? fileName(from) : to;
        if (content !== undefined) this.#write(shell, target, content, false);
        else this.#write(shell, target, UNKNOWN, false);
        if (name === 'mv') shell.files.delete(fileName(from));
        return FINE;
      }
      case 'rm':
        if (this.#maybe === 0) for (const arg of args) shell.files.delete(fileName(arg));
        return FINE;
      default:
        if (/^\.{0,2}\/.+/.test(name) || name.endsWith('.sh')) return this.#file(name, args, fork(shell), stdin, words);
        return this.#program(name, args, shell, stdin, words);
    }
  }

  #program(name: string, args: readonly string[], shell: Shell, stdin: string, words: readonly string[]): Outcome {
    const { variables } = shell;
    const outcome = isKnown(name) ? this.#host.run({ name, args, stdin, variables, certain: this.#maybe === 0 }) : undefined;
    if (outcome !== undefined) return outcome;
    this.#host.lost(words.join(' '));
    return { out: UNKNOWN, ended: true };
  }

  #file(path: string, args: readonly string[], shell: Shell, stdin: string, words: readonly string[]): Outcome {
    const text = isKnown(path) ? (this.#ownFile(shell, path) ?? this.#host.script(path)) : undefined;
    if (text === undefined || !isKnown(text)) {
      this.#host.lost(words.join(' '));
      return { out: UNKNOWN, ended: true };
    }
    const before = shell.positional;
    shell.positional = args;
    const outcome = this.#nested(text, shell, stdin);
    shell.positional = before;
    return outcome;
  }

  #ownFile(shell: Shell, path: string): string | undefined {
    return shell.files.get(fileName(path))?.content;
  }

  #nested(source: string, shell: Shell, stdin: string): Outcome {
    if (this.#depth >= MAX_DEPTH || !isKnown(source)) {
      this.#host.lost(firstLine(source));
      return { out: UNKNOWN, ended: undefined };
    }
    this.#depth += 1;
    const script = parse(source);
    if (script.errors?.length) this.#host.lost(firstLine(source));
    const outcome = this.#statements(script.commands, shell, stdin);
    this.#depth -= 1;
    return outcome;
  }

  #write(shell: Shell, path: string, content: string, append: boolean): void {
    const name = fileName(path);
    const before = append ? (shell.files.get(name)?.content ?? '') : '';
    shell.files.set(name, { content: bounded(before + content), certain: this.#maybe === 0 });
  }

  #redirect(redirects: readonly Redirection[], shell: Shell, stdin: string) {
    let input = stdin;
    const outputs: { readonly path: string; readonly append: boolean }[] = [];
    for (const redirect of redirects) {
      if (redirect.type === 'HereDoc') input = this.#hereDoc(redirect, shell);
      else if (redirect.type === 'HereString') input = redirect.target ? `${this.#text(redirect.target, shell)}\n` : '';
      else {
        const target = redirect.target ? this.#text(redirect.target, shell) : '';
        const descriptor = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : undefined;
        const isOutput = descriptor === undefined || descriptor === 1;
        switch (redirect.operator) {
          case '<':
            input = this.#ownFile(shell, target) ?? UNKNOWN;
            break;
          case '>':
          case '>|':
          case '&>':
            if (isOutput) outputs.push({ path: target, append: false });
            break;
          case '>>':
          case '&>>':
            if (isOutput) outputs.push({ path: target, append: true });
            break;
          default:
        }
      }
    }
    const finish = (outcome: Outcome): Outcome => {
      if (outputs.length === 0) return outcome;
      for (const { path, append } of outputs) if (!path.startsWith('/dev/')) this.#write(shell, path, outcome.out, append);
      return { out: '', ended: outcome.ended };
    };
    return { input, finish };
  }

  #hereDoc({ body, operator }: HereDoc, shell: Shell): string {
    const text = body.parts
      ? this.#pieces(body.parts, shell)
          .map((piece) => piece.text)
          .join('')
      : body.text;
    return operator === '<<-' ? text.replace(/^\t+/gm, '') : text;
  }

  #assign({ name, value, append }: Assignment, shell: Shell): void {
    const text = value.type === 'Word' ? this.#text(value, shell) : UNKNOWN;
    shell.variables.set(name, append ? (shell.variables.get(name) ?? '') + text : text);
  }

  /** `X=y` as an argument, e.g. of `export`. */
  #assignmentWord({ name, value }: Assignment, shell: Shell): string {
    return `${name}=${value.type === 'Word' ? this.#text(value, shell) : UNKNOWN}`;
  }

  /** A word as one text, as in assignments. */
  #text(word: Word, shell: Shell): string {
    if (word.parts === undefined) return word.value;
    return bounded(
      this.#pieces(word.parts, shell)
        .map(({ text }) => text)
        .join(''),
    );
  }

  /** A word as the arguments it becomes: expansions without quotes are split at blanks and vanish when empty. */
  #fields(word: Word, shell: Shell): string[] {
    if (word.parts === undefined) return [word.value];
    const fields: string[] = [];
    let current: string | undefined;
    for (const { text, splits } of this.#pieces(word.parts, shell)) {
      if (!splits) {
        current = (current ?? '') + text;
        continue;
      }
      const [head = '', ...tail] = text.split(/[ \t\n]+/);
      if (head !== '') current = (current ?? '') + head;
      for (const part of tail) {
        if (current !== undefined) fields.push(current);
        current = part === '' ? undefined : part;
      }
    }
    if (current !== undefined) fields.push(bounded(current));
    return fields;
  }

  #pieces(parts: readonly WordPart[], shell: Shell): Piece[] {
    if (this.#depth > MAX_DEPTH) return [{ text: UNKNOWN, splits: false }];
    this.#depth += 1;
    try {
      return this.#expand(parts, shell);
    } finally {
      this.#depth -= 1;
    }
  }

  #expand(parts: readonly WordPart[], shell: Shell): Piece[] {
    return parts.flatMap((part): Piece[] => {
      switch (part.type) {
        case 'Literal':
        case 'SingleQuoted':
        case 'AnsiCQuoted':
          return [{ text: part.value, splits: false }];
        case 'DoubleQuoted':
        case 'LocaleString':
          if (part.parts.length === 1 && part.parts[0]?.text === '$@') return shell.positional.map((text) => ({ text, splits: false }));
          return [
            {
              text: this.#pieces(part.parts, shell)
                .map(({ text }) => text)
                .join(''),
              splits: false,
            },
          ];
        case 'SimpleExpansion':
          return [{ text: this.#variable(part.text.replace(/^\$/, ''), shell), splits: true }];
        case 'ParameterExpansion':
          return [{ text: this.#parameter(part, shell), splits: true }];
        case 'CommandExpansion': {
          const script = part.script;
          const out = script === undefined ? UNKNOWN : this.#statements(script.commands, fork(shell), '').out;
          return [{ text: out.replace(/\n+$/, ''), splits: true }];
        }
        case 'Glob':
        case 'ExtendedGlob':
          return [{ text: part.text, splits: false }];
        default:
          return [{ text: UNKNOWN, splits: false }];
      }
    });
  }

  #variable(name: string, shell: Shell): string {
    if (/^[1-9]\d*$/.test(name)) return shell.positional[Number(name) - 1] ?? '';
    if (name === '@' || name === '*') return shell.positional.join(' ');
    if (name === '#') return String(shell.positional.length);
    // One that nothing here sets may be set in the project.
    return shell.variables.get(name) ?? UNKNOWN;
  }

  #parameter({ parameter, prefix, operation, index }: ParameterExpansionPart, shell: Shell): string {
    if (prefix === '!' || index !== undefined) return UNKNOWN;
    const isSet = shell.variables.has(parameter) || /^\W|^\d/.test(parameter);
    const value = this.#variable(parameter, shell);
    if (prefix === '#') return isKnown(value) ? String(value.length) : UNKNOWN;
    if (operation === undefined) return value;
    switch (operation.type) {
      case 'Default': {
        const { operator } = operation;
        const lacks = !isSet || (operator.startsWith(':') && value === '');
        const operand = () => this.#text(operation.operand, shell);
        if (isSet && value === UNKNOWN) return UNKNOWN;
        if (operator.endsWith('+')) return lacks ? '' : operand();
        if (!lacks) return value;
        if (operator.endsWith('?')) return UNKNOWN;
        const text = operand();
        if (operator.endsWith('=')) shell.variables.set(parameter, text);
        return text;
      }
      case 'Slice': {
        const offset = Number(this.#text(operation.offset, shell));
        const length = operation.length === undefined ? undefined : Number(this.#text(operation.length, shell));
        if (!isKnown(value) || !Number.isInteger(offset) || (length !== undefined && !Number.isInteger(length))) return UNKNOWN;
        const from = offset < 0 ? Math.max(0, value.length + offset) : offset;
        if (length === undefined) return value.slice(from);
        return length < 0 ? value.slice(from, length) : value.slice(from, from + length);
      }
      case 'Remove':
        return removed(value, operation.operator, this.#text(operation.operand, shell));
      case 'Replace': {
        const pattern = this.#text(operation.pattern, shell);
        const replacement = this.#text(operation.replacement, shell);
        if (!isKnown(value) || !isKnown(pattern) || /[*?[\]]/.test(pattern)) return UNKNOWN;
        if (operation.operator === '//') return value.replaceAll(pattern, () => replacement);
        return operation.operator === '/' ? value.replace(pattern, () => replacement) : UNKNOWN;
      }
      case 'CaseModification': {
        if (operation.operand !== undefined) return UNKNOWN;
        if (operation.operator === ',,') return value.toLowerCase();
        return operation.operator === '^^' ? value.toUpperCase() : UNKNOWN;
      }
      default:
        return UNKNOWN;
    }
  }

  #test(expression: TestExpression, shell: Shell): Ended {
    switch (expression.type) {
      case 'TestUnary':
        return testWords([expression.operator, this.#text(expression.operand, shell)]);
      case 'TestBinary': {
        const right = this.#text(expression.right, shell);
        if (/[*?[]/.test(right)) return undefined;
        return testWords([this.#text(expression.left, shell), expression.operator, right]);
      }
      case 'TestLogical': {
        const all = expression.operands.map((operand) => this.#test(operand, shell));
        const decides = expression.operator === '||';
        if (all.includes(decides)) return decides;
        return all.includes(undefined) ? undefined : !decides;
      }
      case 'TestNot': {
        const inner = this.#test(expression.operand, shell);
        return inner === undefined || expression.negations.length % 2 === 0 ? inner : !inner;
      }
      default:
        return this.#test(expression.expression, shell);
    }
  }
}

/** A shell of its own that starts as a copy; files are shared. */
const fork = (shell: Shell): Shell => ({
  variables: new Map(shell.variables),
  files: shell.files,
  functions: new Map(shell.functions),
  positional: shell.positional,
  budget: shell.budget,
});

/** The arguments of `test`; `undefined` when that depends on something unseen, such as a file. */
function testWords(args: readonly string[]): Ended {
  if (args[0] === '!') {
    const inner = testWords(args.slice(1));
    return inner === undefined ? undefined : !inner;
  }
  const [a = '', b = '', c = ''] = args;
  if (args.length === 0) return false;
  if (args.length === 1) return a === '' ? false : a === UNKNOWN ? undefined : true;
  if (args.length === 2) {
    if (a !== '-n' && a !== '-z') return undefined;
    // Text with a known part is certainly not empty.
    const empty = b === '' ? true : b.replaceAll(UNKNOWN, '') === '' ? undefined : false;
    return empty === undefined ? undefined : a === '-z' ? empty : !empty;
  }
  if (args.length !== 3) return undefined;
  const negative = b === '!=' || b === '-ne';
  if (!negative && b !== '=' && b !== '==' && b !== '-eq') return undefined;
  if (!isKnown(a) || !isKnown(c)) return mayEqual(a, c) ? undefined : negative;
  return negative ? a !== c : a === c;
}

/** Whether two texts, of which parts are not known, could be the same; false only when that is certain. */
function mayEqual(a: string, b: string): boolean {
  if (!isKnown(a) && !isKnown(b)) return true;
  const [pattern, text] = isKnown(a) ? [b, a] : [a, b];
  const [start = '', ...rest] = pattern.split(UNKNOWN);
  return text.startsWith(start) && text.endsWith(rest.at(-1) ?? '');
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

const bounded = (text: string) => (text.length > MAX_TEXT ? UNKNOWN : text);
const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';
/** Files are told apart by name alone: which folder a build is in is not followed. */
const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
