import { defineLab } from '../engine/lab.ts';
import cleanup from './cleanup.ts';
import { BUCKET_PREFIX, BUILD_ROLE, LOG_GROUP, MACHINE, MACHINE_ROLE, MANAGED_RULE, PROJECT, REGION, REPOSITORY } from './names.ts';
import bucket from './task-1-bucket.ts';
import buildRole from './task-2-build-role.ts';
import project from './task-3-project/index.ts';
import machineRole from './task-4-machine-role.ts';
import machine from './task-5-state-machine/index.ts';
import execution from './task-6-execution/index.ts';

export default defineLab({
  id: 'stepfunctions-codebuild-s3',
  region: REGION,
  resources: [
    { kind: 'image-repository', name: REPOSITORY },
    { kind: 'bucket', name: BUCKET_PREFIX, scope: `${BUCKET_PREFIX}*` },
    { kind: 'role', name: BUILD_ROLE },
    // Tasks 3 and 5 look through projects and state machines for one that was given another name; an execution may have started any build.
    { kind: 'build-project', name: PROJECT, others: ['codebuild:BatchGetProjects', 'codebuild:BatchGetBuilds'] },
    { kind: 'role', name: MACHINE_ROLE },
    { kind: 'state-machine', name: MACHINE, others: ['states:DescribeStateMachine'] },
    { kind: 'rule', name: MANAGED_RULE },
    { kind: 'log-group', name: LOG_GROUP, outlives: true },
  ],
  tasks: [bucket, buildRole, project, machineRole, machine, execution, cleanup],
});
