import { validateTemplate } from '../../template.ts';
import { ruleOfCode } from '../code-kind.ts';
import { isTemplateFile, isWholeTemplate } from '../names.ts';

export default ruleOfCode({
  id: 'template',
  doc: 'CloudFormation templates, in files/ and in the text, are what CloudFormation understands.',
  mend: 'Mend the template.',
  isFile: isTemplateFile,
  languages: ['yaml', 'yml'],
  isShown: isWholeTemplate,
  validate: validateTemplate,
});
