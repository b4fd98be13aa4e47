import type { Bound } from '../../../aws/reader.ts';
import { codepipeline, type Pipeline } from '../../../aws/services/codepipeline.ts';
import { ecr, type Image } from '../../../aws/services/ecr.ts';
import { type Cluster, type EcsService, type Task as EcsTask, ecs, ecsConsole, type TaskDefinition } from '../../../aws/services/ecs.ts';
import { iam } from '../../../aws/services/iam.ts';
import { type Policy, rolePolicies } from '../../dialects/iam/document.ts';
import { expectationsOn } from '../../engine/expectation.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { NAME } from '../names.ts';

export interface Service {
  readonly cluster: Cluster | undefined;
  readonly service: EcsService | undefined;
}

export interface Definition {
  /** The revision that the service runs; unset while there is no service. */
  readonly definition: TaskDefinition | undefined;
}

export interface OfPipeline {
  readonly pipeline: Pipeline | undefined;
}

export interface Deployer extends Definition, OfPipeline {
  /** Of the pipeline's role; none when there is no such role. */
  readonly policies: readonly Policy[];
}

export interface Running {
  readonly service: EcsService | undefined;
  readonly tasks: readonly EcsTask[] | undefined;
  readonly images: readonly Image[] | undefined;
}

export const reads = {
  cluster: ecs.cluster,
  service: ecs.service,
  definition: ecs.taskDefinition,
  tasks: ecs.tasks,
  images: ecr.images,
  pipeline: codepipeline.pipeline,
  policies: iam.rolePolicies,
} as const;

export function observe(aws: Bound<typeof reads>) {
  const live = aws.service(NAME, NAME).then((found) => (found?.status === 'ACTIVE' ? found : undefined));
  const service = Promise.all([aws.cluster(NAME), live]).then(([cluster, found]): Service => ({ cluster, service: found }));
  const definition = live.then(async (found): Promise<Definition> => {
    return { definition: found && (await aws.definition(found.taskDefinition)) };
  });
  const pipeline = aws.pipeline(NAME);
  const policies = pipeline.then(async (found) => {
    const known = found && (await aws.policies(found.role));
    return known === undefined ? [] : rolePolicies(known);
  });
  const deployer = Promise.all([pipeline, policies, definition]).then(
    ([found, allowed, ofService]): Deployer => ({ pipeline: found, policies: allowed, ...ofService }),
  );
  const running = Promise.all([live, aws.tasks({ cluster: NAME, service: NAME }), aws.images(NAME)]).then(
    ([found, tasks, images]): Running => ({ service: found, tasks, images }),
  );
  const stage = pipeline.then((found): OfPipeline => ({ pipeline: found }));
  return { service, definition, deployer, stage, running };
}

/** What checks that look at the service have in common. */
export const ofService = {
  resource: ({ service }: Pick<Service, 'service'>) => service?.arn,
  console: (_fact: unknown, place: TaskContext) => ecsConsole.service(place, NAME, NAME),
} as const;

export const on = expectationsOn<typeof observe>();
