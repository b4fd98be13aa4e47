/** An action of a CodePipeline stage, as far as its place in the pipeline goes. */
export interface DeliveryAction {
  readonly name: string;
  /** `Source`, `Build`, `Deploy`, ... */
  readonly category: string;
  /** `CodeCommit`, `CodeBuild`, `ECS`, ... */
  readonly provider: string;
  readonly configuration: Readonly<Record<string, string>>;
  /** Names of the artifacts it takes and gives. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface DeliveryStage<A extends DeliveryAction = DeliveryAction> {
  readonly name: string;
  readonly actions: readonly A[];
}

/** One way through a pipeline: a source, a build that gets what the source gives, a deployment that gets what the build gives. */
export interface Delivery<A extends DeliveryAction = DeliveryAction> {
  readonly source: A;
  readonly build: A;
  /** Absent when nothing deploys what the build gives. */
  readonly deploy?: A;
}

/**
 * The ways from a source through a build, and on to a deployment, that the artifacts really connect: actions that merely
 * follow one another and pass nothing on are not connected. Source: CodePipeline User Guide, "Input and output artifacts".
 */
export function deliveriesOf<A extends DeliveryAction>(stages: readonly DeliveryStage<A>[]): Delivery<A>[] {
  const actions = stages.flatMap((stage) => stage.actions);
  const of = (category: string, among: ReadonlySet<A>) => actions.filter((action) => action.category === category && among.has(action));
  const deployments = new Map(of('Build', new Set(actions)).map((build) => [build, of('Deploy', fedBy(build, actions))]));
  return of('Source', new Set(actions)).flatMap((source) =>
    of('Build', fedBy(source, actions)).flatMap((build): Delivery<A>[] => {
      const deployed = deployments.get(build) ?? [];
      return deployed.length === 0 ? [{ source, build }] : deployed.map((deploy) => ({ source, build, deploy }));
    }),
  );
}

/** The actions that an artifact of this one gets to, directly or through others. */
function fedBy<A extends DeliveryAction>(from: A, actions: readonly A[]): ReadonlySet<A> {
  const fed = new Set<A>();
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
export function imageDefinitionsFile({ configuration }: DeliveryAction): string {
  return configuration['FileName'] || 'imagedefinitions.json';
}
