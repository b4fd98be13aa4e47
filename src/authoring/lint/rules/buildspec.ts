import type { Finding } from '../../../markdown/read/finding.ts';
import { validateBuildspec } from '../../buildspec-rules.ts';
import { ruleOfCode } from '../code-kind.ts';
import { isBuildspec, isBuildspecFile, leavesOut } from '../file-kinds.ts';

/** The findings of a buildspec. A YAML parser stops at tabs, so they are replaced to find other mistakes as well. */
function findings(text: string): Finding[] {
  const tab = text.split('\n').findIndex((line) => /^ *\t/.test(line));
  if (tab < 0) return validateBuildspec(text);
  const spaced = text.replace(/^[\t ]+/gm, (indent) => indent.replaceAll('\t', '  '));
  return [{ rule: 'yaml', message: 'YAML cannot be indented with tabs.', line: tab + 1 }, ...validateBuildspec(spaced)];
}

export default ruleOfCode({
  id: 'buildspec',
  doc: 'Buildspecs, in files/ and in the text, are what CodeBuild understands.',
  fix: 'Fix the file.',
  isFile: isBuildspecFile,
  languages: ['yaml', 'yml', ''],
  isShown: (text) => isBuildspec(text) && !leavesOut(text),
  validate: findings,
});
