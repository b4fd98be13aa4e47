import { posix } from 'node:path';
import { dockerErrors } from '../../dockerfile-rules.ts';
import { ruleOfCode } from '../code-kind.ts';
import { leavesOut } from '../file-kinds.ts';

export default ruleOfCode({
  id: 'dockerfile',
  doc: 'Dockerfiles, in files/ and in the text, are what Docker understands.',
  fix: 'Fix the Dockerfile.',
  isFile: (path) => /^Dockerfile(?:\..+)?$|\.Dockerfile$/.test(posix.basename(path)),
  languages: ['dockerfile', 'docker'],
  isShown: (text) => !leavesOut(text),
  validate: dockerErrors,
  // A part of a Dockerfile may begin anywhere and use stages that are not shown.
  validateShown: (text) => dockerErrors(text).filter(({ rule }) => rule !== 'from' && rule !== 'stage'),
});
