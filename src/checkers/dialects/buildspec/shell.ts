import { type Assignment, type CommandNode, type CompoundList, parse, type Redirection, type Statement, type TestExpression } from 'unbash';
import { BUILTINS, testWords } from './shell-builtins.ts';
import {
  afterOptions,
  assign,
  bounded,
  contentOf,
  deeper,
  type Ended,
  FINE,
  fork,
  lose,
  MAX_DEPTH,
  negated,
  type Outcome,
  type Shell,
  write,
} from './shell-state.ts';
import { Words } from './shell-words.ts';
import { isKnown, UNKNOWN } from './text.ts';

const words = new Words(({ commands }, shell) => followAll(commands, fork(shell), '').out);
const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';

/**
 * Follows shell commands without running anything: variables, quoting, substitutions, conditions, loops, functions and
 * redirections are carried out on text, programs are left to the host. What depends on something unseen becomes
 * {@link UNKNOWN}; a branch that may or may not run is followed and marked as not certain.
 */
export function runShell(source: string, shell: Shell, stdin = ''): Outcome {
  const { commands, errors } = parse(source);
  if (errors?.length) lose(shell, firstLine(source));
  return followAll(commands, shell, stdin);
}

const followAll = (statements: readonly Statement[], shell: Shell, stdin: string): Outcome =>
  inOrder(statements, ({ command }) => follow(command, shell, stdin));

const followList = (list: CompoundList, shell: Shell, stdin: string): Outcome => followAll(list.commands, shell, stdin);

/** Runs one after the other, each with how the one before ended; together they end as the last one does. */
function inOrder<T>(items: readonly T[], run: (item: T, before: Ended, index: number) => Outcome): Outcome {
  let outcome = FINE;
  for (const [index, item] of items.entries()) {
    const { out, ended } = run(item, outcome.ended, index);
    outcome = { out: bounded(outcome.out + out), ended };
  }
  return outcome;
}

/** Follows a branch that may or may not run: afterwards, what it would have changed is not known. */
function perhaps({ variables, shared }: Shell, run: () => Outcome): Outcome {
  const before = new Map(variables);
  shared.maybe += 1;
  const { out } = run();
  shared.maybe -= 1;
  for (const name of new Set([...before.keys(), ...variables.keys()])) {
    if (before.get(name) !== variables.get(name)) variables.set(name, UNKNOWN);
  }
  return { out: out === '' ? '' : UNKNOWN, ended: undefined };
}

function follow(node: Statement['command'], shell: Shell, stdin: string): Outcome {
  switch (node.type) {
    case 'AndOr':
      return inOrder(node.commands, (command, before, index) => {
        const operator = node.operators[index - 1];
        const run = () => follow(command, shell, stdin);
        if (operator === undefined) return run();
        if (before === undefined) return perhaps(shell, run);
        return (operator === '&&') === before ? run() : { out: '', ended: before };
      });
    case 'Pipeline': {
      const { commands, prefixes } = node;
      let outcome: Outcome = { out: stdin, ended: true };
      for (const command of commands) {
        // Every part of a pipeline has a shell of its own, but writes the same files.
        outcome = follow(command, commands.length === 1 ? shell : fork(shell), outcome.out);
      }
      return prefixes.some(({ type }) => type === 'Negation') ? { ...outcome, ended: negated(outcome.ended) } : outcome;
    }
    default:
      shell.shared.budget -= 1;
      if (shell.shared.budget < 0 || shell.shared.depth > MAX_DEPTH) return lose(shell, '…');
      return deeper(shell, () => followCommand(node, shell, stdin));
  }
}

function followCommand(node: CommandNode, shell: Shell, stdin: string): Outcome {
  switch (node.type) {
    case 'Command': {
      const { input, finish } = redirected(node.redirects, shell, stdin);
      const assignments = node.prefix.filter((part): part is Assignment => part.type === 'Assignment');
      const [name, ...args] = [...(node.name ? [node.name] : []), ...node.args].flatMap((word) =>
        word.type === 'Word' ? words.fields(word, shell) : `${word.name}=${assigned(word, shell)}`,
      );
      // Assignments before a command are for that command only.
      const scope = name === undefined || assignments.length === 0 ? shell : fork(shell);
      for (const assignment of assignments) {
        const value = assigned(assignment, scope);
        const before = assignment.append ? (scope.variables.get(assignment.name) ?? '') : '';
        scope.variables.set(assignment.name, before + value);
      }
      return finish(name === undefined ? FINE : call([name, ...args], scope, input));
    }
    case 'Redirected': {
      const { input, finish } = redirected(node.redirects, shell, stdin);
      return finish(followCommand(node.command, shell, input));
    }
    case 'Subshell':
      return followList(node.body, fork(shell), stdin);
    case 'BraceGroup':
      return followList(node.body, shell, stdin);
    case 'Function':
      shell.functions.set(node.name.value, node.body);
      return FINE;
    case 'If':
      return followIf([node, ...node.elif], node.else, shell, stdin);
    case 'For': {
      const values = node.wordlist?.flatMap((word) => words.fields(word, shell)) ?? shell.positional;
      return inOrder(values.slice(0, 100), (value) => {
        shell.variables.set(node.name.value, value);
        return followList(node.body, shell, stdin);
      });
    }
    case 'While':
      // How often it runs cannot be told: it is followed once.
      return perhaps(shell, () => {
        followList(node.clause, shell, stdin);
        return followList(node.body, shell, stdin);
      });
    case 'Case': {
      const word = words.text(node.word, shell);
      for (const { pattern, body } of node.items) {
        const patterns = pattern.map((each) => words.text(each, shell));
        if (patterns.includes('*') || (isKnown(word) && patterns.includes(word))) return followList(body, shell, stdin);
        const mayFit = !isKnown(word) || patterns.some((each) => /[*?[]/.test(each) || !isKnown(each));
        if (mayFit) perhaps(shell, () => followList(body, shell, stdin));
      }
      return { out: '', ended: undefined };
    }
    case 'TestCommand':
      return { out: '', ended: tested(node.expression, shell) };
    case 'ArithmeticCommand':
      return { out: '', ended: undefined };
    default:
      return lose(shell, node.type);
  }
}

function followIf(
  [first, ...rest]: readonly { readonly clause: CompoundList; readonly then: CompoundList }[],
  otherwise: CompoundList | undefined,
  shell: Shell,
  stdin: string,
): Outcome {
  if (first === undefined) return otherwise ? followList(otherwise, shell, stdin) : FINE;
  const then = () => followList(first.then, shell, stdin);
  const other = () => followIf(rest, otherwise, shell, stdin);
  const { ended } = followList(first.clause, shell, stdin);
  if (ended !== undefined) return ended ? then() : other();
  const outcomes = [perhaps(shell, then), perhaps(shell, other)];
  return outcomes.find(({ out }) => out !== '') ?? { out: '', ended };
}

type Runner = (args: readonly string[], shell: Shell, stdin: string, all: readonly string[]) => Outcome;

const source: Runner = ([path = '', ...args], shell, stdin, all) => runFile(path, args, shell, stdin, all);

const newShellOf: Runner = (args, shell, stdin, all) => {
  const [first, ...rest] = afterOptions(args, /^[-+]/);
  if (first === undefined) return nested(stdin, fork(shell), '');
  if (args.slice(0, -1 - rest.length).some((arg) => /^-[a-z]*c/.test(arg))) return nested(first, fork(shell), stdin);
  return runFile(first, rest, fork(shell), stdin, all);
};

const prefix: Runner = (args, shell, stdin, [name]) => {
  if (name === 'command' && /^-[vV]/.test(args[0] ?? '')) return { out: UNKNOWN, ended: undefined };
  const scope = fork(shell);
  const rest = afterOptions(args, /^-|^[A-Za-z_]\w*=/);
  for (const arg of args.slice(0, args.length - rest.length)) if (!arg.startsWith('-')) assign(scope, arg);
  return rest.length === 0 ? FINE : call(rest, scope, stdin);
};

/** Commands that run others. */
const RUNNERS: ReadonlyMap<string, Runner> = new Map<string, Runner>([
  ['eval', (args, shell, stdin) => nested(args.join(' '), shell, stdin)],
  ['source', source],
  ['.', source],
  ...['sh', 'bash', '/bin/sh', '/bin/bash'].map((name) => [name, newShellOf] as const),
  ...['sudo', 'env', 'command', 'exec', 'time', 'nohup', 'builtin'].map((name) => [name, prefix] as const),
  // The first word is how long it may take.
  ['timeout', (args, shell, stdin) => call(args.slice(args.findIndex((arg) => !arg.startsWith('-')) + 1), shell, stdin)],
]);

function call(all: readonly string[], shell: Shell, stdin: string): Outcome {
  const [name = '', ...args] = all;
  const body = shell.functions.get(name);
  if (body !== undefined) {
    return withArguments(args, shell, () => (body.type === 'CompoundList' ? followList(body, shell, stdin) : follow(body, shell, stdin)));
  }
  const command = BUILTINS.get(name) ?? RUNNERS.get(name);
  if (command !== undefined) return command(args, shell, stdin, all);
  if (/^\.{0,2}\/.+/.test(name) || name.endsWith('.sh')) return runFile(name, args, fork(shell), stdin, all);
  const { variables, shared } = shell;
  const outcome = isKnown(name) ? shared.host.run({ name, args, stdin, variables, certain: shared.maybe === 0 }) : undefined;
  return outcome ?? lose(shell, all.join(' '), true);
}

function runFile(path: string, args: readonly string[], shell: Shell, stdin: string, all: readonly string[]): Outcome {
  const text = isKnown(path) ? (contentOf(shell, path) ?? shell.shared.host.script(path)) : undefined;
  if (text === undefined || !isKnown(text)) return lose(shell, all.join(' '), true);
  return withArguments(args, shell, () => nested(text, shell, stdin));
}

function withArguments(args: readonly string[], shell: Shell, run: () => Outcome): Outcome {
  const before = shell.positional;
  shell.positional = args;
  const outcome = run();
  shell.positional = before;
  return outcome;
}

function nested(text: string, shell: Shell, stdin: string): Outcome {
  if (shell.shared.depth >= MAX_DEPTH || !isKnown(text)) return lose(shell, firstLine(text));
  return deeper(shell, () => runShell(text, shell, stdin));
}

/** The value of an assignment. Arrays are not followed. */
const assigned = ({ value }: Assignment, shell: Shell) => (value.type === 'Word' ? words.text(value, shell) : UNKNOWN);

/** What a command reads, and what becomes of its output. */
function redirected(redirects: readonly Redirection[], shell: Shell, stdin: string) {
  let input = stdin;
  const outputs: { readonly path: string; readonly append: boolean }[] = [];
  for (const redirect of redirects) {
    if (redirect.type === 'HereDoc') {
      const { body, operator } = redirect;
      const text = body.parts ? words.joined(body.parts, shell) : body.text;
      input = operator === '<<-' ? text.replace(/^\t+/gm, '') : text;
      continue;
    }
    const target = redirect.target ? words.text(redirect.target, shell) : '';
    if (redirect.type === 'HereString') input = redirect.target ? `${target}\n` : '';
    else if (redirect.operator === '<') input = contentOf(shell, target) ?? UNKNOWN;
    else if (['>', '>|', '>>', '&>', '&>>'].includes(redirect.operator)) {
      const descriptor = redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : 1;
      if (descriptor === 1) outputs.push({ path: target, append: redirect.operator.endsWith('>>') });
    }
  }
  const finish = (outcome: Outcome): Outcome => {
    if (outputs.length === 0) return outcome;
    for (const { path, append } of outputs) if (!path.startsWith('/dev/')) write(shell, path, outcome.out, append);
    return { out: '', ended: outcome.ended };
  };
  return { input, finish };
}

function tested(expression: TestExpression, shell: Shell): Ended {
  switch (expression.type) {
    case 'TestUnary':
      return testWords([expression.operator, words.text(expression.operand, shell)]);
    case 'TestBinary': {
      const right = words.text(expression.right, shell);
      return /[*?[]/.test(right) ? undefined : testWords([words.text(expression.left, shell), expression.operator, right]);
    }
    case 'TestLogical': {
      const all = expression.operands.map((operand) => tested(operand, shell));
      const decides = expression.operator === '||';
      if (all.includes(decides)) return decides;
      return all.includes(undefined) ? undefined : !decides;
    }
    case 'TestNot': {
      const inner = tested(expression.operand, shell);
      return expression.negations.length % 2 === 0 ? inner : negated(inner);
    }
    default:
      return tested(expression.expression, shell);
  }
}
