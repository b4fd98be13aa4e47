import { byLine, type Finding } from '../../../markdown/read/finding.ts';
import { linesBefore } from '../../../markdown/read/lines.ts';
import { resourceSpec } from '../../template/resource-spec.ts';
import { validateTemplate } from '../../template/template.ts';
import { ruleOfCode } from '../code-kind.ts';
import { isTemplate, isTemplateFile, isWholeTemplate, leavesOut } from '../file-kinds.ts';
import { nearest } from '../near-names.ts';
import { namesOfTemplate } from '../templates.ts';

const REFERENCE = /!(?:Ref|GetAtt)\s+["']?([A-Za-z0-9]+)/g;

/**
 * Mistakes in a part of a template that do not depend on the rest: types that do not exist, and references that are nearly a name declared
 * in the same part. Other references may point to what is left out.
 */
function validatePart(part: string): Finding[] {
  // Line numbers do not change.
  const text = part.replace(/^\s*(?:\.{3}|…).*$/gm, '');
  const lineAt = (index: number) => 1 + linesBefore(text, index);
  const { parameters, resources } = namesOfTemplate(text);
  const types = [...resources].flatMap(([id, type = '']): Finding[] => {
    const service = /^(AWS::(?:Amazon |AWS )?\w+)::\w+$/.exec(type)?.[1]?.replace(/Amazon |AWS /, '');
    // A service that does not exist is a placeholder: `AWS::Service::Resource`.
    if (service === undefined || !resourceSpec().hasService(service) || resourceSpec().resource(type) !== undefined) return [];
    return [{ rule: 'resource-type', message: `The type ${type} of ${id} does not exist.`, line: lineAt(text.indexOf(type)) }];
  });
  const declared = [...parameters.keys(), ...resources.keys()];
  const references = [...text.matchAll(REFERENCE)].flatMap(({ 1: name = '', index }): Finding[] => {
    const meant = declared.includes(name) ? undefined : nearest(name, declared, 1);
    // The part that is left out may contain the singular of a plural name, or the plural of a singular name.
    return meant === undefined || (leavesOut(part) && (`${name}s` === meant || name === `${meant}s`))
      ? []
      : [{ rule: 'reference', message: `Nothing here is called ${name}, but ${meant} is.`, line: lineAt(index) }];
  });
  return byLine([...types, ...references]);
}

export default ruleOfCode({
  id: 'template',
  doc: 'CloudFormation templates, in files/ and in the text, are what CloudFormation understands.',
  fix: 'Fix the template.',
  isFile: isTemplateFile,
  languages: ['yaml', 'yml'],
  isShown: isTemplate,
  validate: validateTemplate,
  validateShown: (text) => (isWholeTemplate(text) ? validateTemplate(text) : validatePart(text)),
});
