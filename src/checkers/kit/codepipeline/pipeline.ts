import type { Pipeline, PipelineAction } from '../../../aws/services/codepipeline.ts';

/** One way through a pipeline: a source, a build that gets what the source gives, a deployment that gets what the build gives. */
export interface Delivery {
  readonly source: PipelineAction;
  readonly build: PipelineAction;
  /** Absent when nothing deploys what the build gives. */
  readonly deploy?: PipelineAction;
}

/**
 * The ways from a source through a build, and on to a deployment, that the artifacts really connect: actions that merely
 * follow one another and pass nothing on are not connected. Source: CodePipeline User Guide, "Input and output artifacts".
 */
export function deliveriesOf(stages: Pipeline['stages']): Delivery[] {
  const actions = stages.flatMap((stage) => stage.actions);
  const of = (category: string, among: ReadonlySet<PipelineAction>) =>
    actions.filter((action) => action.category === category && among.has(action));
  const deployments = new Map(of('Build', new Set(actions)).map((build) => [build, of('Deploy', fedBy(build, actions))]));
  return of('Source', new Set(actions)).flatMap((source) =>
    of('Build', fedBy(source, actions)).flatMap((build): Delivery[] => {
      const deployed = deployments.get(build) ?? [];
      return deployed.length === 0 ? [{ source, build }] : deployed.map((deploy) => ({ source, build, deploy }));
    }),
  );
}

/** The way through a pipeline that builds with this project of CodeBuild: one that deploys what it builds, if there is one. */
export function deliveryOf({ stages }: Pipeline, project: string): Delivery | undefined {
  const own = deliveriesOf(stages).filter(({ build }) => build.provider === 'CodeBuild' && build.configuration['ProjectName'] === project);
  return own.find(({ deploy }) => deploy !== undefined) ?? own[0];
}

/** The actions that an artifact of this one gets to, directly or through others. */
function fedBy(from: PipelineAction, actions: readonly PipelineAction[]): ReadonlySet<PipelineAction> {
  const fed = new Set<PipelineAction>();
  const carried = new Set(from.outputs);
  // Names are added while the set is walked; it ends because every action is taken once.
  for (const artifact of carried) {
    for (const action of actions) {
      if (fed.has(action) || !action.inputs.includes(artifact)) continue;
      fed.add(action);
      for (const output of action.outputs) carried.add(output);
    }
  }
  return fed;
}

/** The file a deployment to ECS reads its images from: `FileName`, or the one CodePipeline takes when it is not set. */
export function imageDefinitionsFile({ configuration }: PipelineAction): string {
  return configuration['FileName'] || 'imagedefinitions.json';
}
