import { iam } from '../../aws/services/iam.ts';
import { defineLab } from '../engine/lab.ts';
import cleanup from './cleanup.ts';
import { BUILD_LOG_GROUP, LAB, NAME, REGION, ROLES, SERVICE_LOG_GROUP } from './names.ts';
import source from './task-1-source.ts';
import project from './task-2-project.ts';
import role from './task-3-role.ts';
import registry from './task-4-registry.ts';
import build from './task-5-build.ts';
import pipeline from './task-6-pipeline.ts';
import service from './task-7-service.ts';

export default defineLab({
  id: LAB,
  region: REGION,
  resources: [
    { kind: 'source-repository', name: NAME },
    // Tasks 2 and 6 look through projects and pipelines for one that was given another name.
    { kind: 'build-project', name: NAME, others: ['codebuild:BatchGetProjects'] },
    { kind: 'pipeline', name: NAME, others: ['codepipeline:GetPipeline'] },
    // The roles that a student chose instead of those of the text are looked at too.
    ...Object.values(ROLES).map((name) => ({ kind: 'role', name, others: ['iam:GetRole', ...iam.rolePolicies.calls] }) as const),
    { kind: 'image-repository', name: NAME },
    { kind: 'cluster', name: NAME },
    // The console puts digits of its own into the names of rule and bucket.
    { kind: 'rule', name: `codepipeline-${NAME}`, others: ['events:ListTargetsByRule'] },
    { kind: 'bucket', name: `codepipeline-${REGION}`, scope: `codepipeline-${REGION}-*` },
    { kind: 'log-group', name: BUILD_LOG_GROUP, outlives: true },
    { kind: 'log-group', name: SERVICE_LOG_GROUP, outlives: true },
  ],
  tasks: [source, project, role, registry, build, pipeline, service, cleanup],
});
