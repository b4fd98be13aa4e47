import { iam } from '../../aws/services/iam.ts';
import { defineLab } from '../engine/lab.ts';
import cleanup from './cleanup.ts';
import { BUILD_LOG_GROUP, EVENT_LOG_GROUP, ISSUER, NAME, PROJECT, REGION, ROLES, RULE } from './names.ts';
import repository from './task-1-repository.ts';
import image from './task-2-image.ts';
import lifecycle from './task-3-lifecycle.ts';
import policies from './task-4-policies.ts';
import ci from './task-5-ci/index.ts';
import events from './task-6-events.ts';

export default defineLab({
  id: 'ecr-registry',
  region: REGION,
  resources: [
    // Task 1 looks through repositories for one that was given another name.
    { kind: 'image-repository', name: NAME, others: ['ecr:DescribeRepositories'] },
    // The role that a student chose instead of the text's is looked at too.
    ...Object.values(ROLES).map((name) => ({ kind: 'role', name, others: iam.rolePolicies.calls }) as const),
    { kind: 'oidc-provider', name: ISSUER, mayExist: true },
    { kind: 'source-repository', name: NAME },
    { kind: 'build-project', name: PROJECT },
    { kind: 'rule', name: RULE },
    { kind: 'log-group', name: EVENT_LOG_GROUP, outlives: true },
    { kind: 'log-group', name: BUILD_LOG_GROUP, outlives: true, without: ['logs:DescribeLogStreams'] },
  ],
  tasks: [repository, image, lifecycle, policies, ci, events, cleanup],
});
