import { defineLab } from '../core/index.ts';
import cleanup from './cleanup.ts';
import { messages } from './messages/index.ts';
import { REGION } from './names.ts';
import { moves } from './practice.ts';
import stack from './task-0-stack.ts';
import source from './task-1-source.ts';
import buildspec from './task-2-buildspec.ts';
import project from './task-3-project.ts';
import build from './task-4-build.ts';

export default defineLab({
  id: 'week9-2-codebuild',
  region: REGION,
  tasks: [stack, source, buildspec, project, build, cleanup],
  messages,
  moves,
});
