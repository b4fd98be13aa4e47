import { defineLab } from '../engine/lab.ts';
import cleanup from './cleanup.ts';
import { DEFAULTS, LOG_GROUP, PROJECT, REGION, STACK } from './names.ts';
import source from './task-0-source.ts';
import buildspec from './task-1-buildspec.ts';
import permissions from './task-2-permissions.ts';
import project from './task-3-project.ts';
import build from './task-4-build/index.ts';

export default defineLab({
  id: 'sbcntr-backend-build',
  region: REGION,
  resources: [
    { kind: 'stack', name: STACK },
    { kind: 'image-repository', name: DEFAULTS.backend },
    { kind: 'image-repository', name: DEFAULTS.frontend },
    { kind: 'source-repository', name: DEFAULTS.source },
    { kind: 'role', name: DEFAULTS.role },
    // Task 3 looks through the projects for one that was given another name.
    { kind: 'build-project', name: PROJECT, others: ['codebuild:BatchGetProjects'] },
    { kind: 'log-group', name: LOG_GROUP, outlives: true },
  ],
  tasks: [source, buildspec, permissions, project, build, cleanup],
});
