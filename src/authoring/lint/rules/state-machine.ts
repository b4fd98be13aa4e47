import { isJson } from '../../json-text.ts';
import { validateStateMachine } from '../../state-machine-rules.ts';
import { ruleOfCode } from '../code-kind.ts';
import { isStateMachine } from '../file-kinds.ts';

export default ruleOfCode({
  id: 'state-machine',
  doc: 'State machines, in files/ and in the text, are what Step Functions understands.',
  fix: 'Fix the definition.',
  isFile: (path, text) => /\.(asl\.)?json$/i.test(path) && isStateMachine(text),
  languages: ['json', ''],
  // The json rule checks samples with placeholders.
  isShown: (text) => isStateMachine(text) && isJson(text),
  validate: validateStateMachine,
});
