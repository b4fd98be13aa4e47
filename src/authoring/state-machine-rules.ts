import validate from 'asl-validator';
import { byLine, type Finding } from '../markdown/read/finding.ts';
import { entriesOf, itemsOf, readYaml, type YamlSource } from '../markdown/read/yaml-source.ts';

/**
 * Checks the definition of a state machine, in JSON, against the Amazon States Language: members and types of every state, paths and ARNs,
 * and whether every state can be reached, leads on and can end.
 */
export function validateStateMachine(text: string): Finding[] {
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (cause) {
    return [{ rule: 'json', message: `The definition is not JSON: ${cause instanceof Error ? cause.message : cause}.`, line: 1 }];
  }
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    return [{ rule: 'json', message: 'A definition is an object with StartAt and States.', line: 1 }];
  }
  // JSON is also YAML, and the nodes of the YAML parser know their lines.
  const source = readYaml(text);
  const { errors } = validate(definition, { checkPaths: true, checkArn: true });
  return byLine(
    errors.map(({ 'Error code': code, Message: message, schemaError }) => ({
      rule: code.toLowerCase().replaceAll('_', '-'),
      message: `${message.trim().replace(/^is invalid\. /, 'The definition ')}.`,
      line: schemaError === undefined ? lineOfName(text, message) : lineOfPath(source, schemaError.instancePath),
    })),
  );
}

/** The line that a JSON pointer leads to, followed as far as possible. */
function lineOfPath({ root, lineOf }: YamlSource, pointer: string): number {
  let node = root;
  let line = lineOf(root);
  for (const key of pointer.split('/').slice(1)) {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    const entry = entriesOf(node).find((each) => each.key === name);
    const next = entry?.value ?? itemsOf(node)[Number(name)];
    if (next === undefined) break;
    line = lineOf(entry?.keyNode ?? next);
    node = next;
  }
  return line;
}

/** The line with the name that a message is about: `target: Done`, `State Other is not reachable`. */
function lineOfName(text: string, message: string): number {
  const name = /^State (.+) is not reachable$/.exec(message)?.[1] ?? /: (.+)$/.exec(message)?.[1];
  return name === undefined
    ? 1
    : 1 +
        Math.max(
          0,
          text.split('\n').findIndex((line) => line.includes(JSON.stringify(name))),
        );
}
