import { validateWorkflow } from '../../workflow-rules.ts';
import { ruleOfCode } from '../code-kind.ts';
import { isWorkflow, leavesOut } from '../file-kinds.ts';

export default ruleOfCode({
  id: 'workflow',
  doc: 'GitHub Actions workflows, in files/ and in the text, are what GitHub understands.',
  fix: 'Fix the workflow.',
  isFile: (path, text) => /\.ya?ml$/i.test(path) && (path.includes('.github/workflows/') || isWorkflow(text)),
  languages: ['yaml', 'yml', ''],
  isShown: (text) => isWorkflow(text) && !leavesOut(text),
  validate: validateWorkflow,
});
