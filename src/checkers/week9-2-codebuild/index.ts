import { defineLab } from '../engine/lab.ts';
import cleanup from './cleanup.ts';
import { DEFAULTS, LAB, LOG_GROUP, PROJECT, REGION, STACK } from './names.ts';
import stack from './task-0-stack.ts';
import source from './task-1-source.ts';
import buildspec from './task-2-buildspec.ts';
import project from './task-3-project.ts';
import build from './task-4-build.ts';

export default defineLab({
  id: LAB,
  region: REGION,
  resources: [
    { kind: 'stack', name: STACK },
    { kind: 'image-repository', name: DEFAULTS.imageRepository },
    { kind: 'source-repository', name: DEFAULTS.sourceRepository },
    { kind: 'role', name: DEFAULTS.role },
    // Task 3 looks through the projects for one that was given another name.
    { kind: 'build-project', name: PROJECT, others: ['codebuild:BatchGetProjects'] },
    { kind: 'log-group', name: LOG_GROUP, outlives: true },
  ],
  tasks: [stack, source, buildspec, project, build, cleanup],
});
