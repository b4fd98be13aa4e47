import validate from 'asl-validator';
import type { Finding } from './finding.ts';

/**
 * Checks a state machine's definition in JSON against the Amazon States Language: members and types of every state, paths,
 * ARNs, and that every state can be reached, leads on and can end.
 */
export function validateStateMachine(text: string): Finding[] {
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (cause) {
    return [{ rule: 'json', message: `The definition is not JSON: ${cause instanceof Error ? cause.message : cause}`, line: 1 }];
  }
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) {
    return [{ rule: 'json', message: 'A definition is an object with StartAt and States.', line: 1 }];
  }
  const { errors } = validate(definition, { checkPaths: true, checkArn: true });
  return errors.map((error) => ({ rule: error['Error code'].toLowerCase().replaceAll('_', '-'), message: error.Message, line: 1 }));
}
