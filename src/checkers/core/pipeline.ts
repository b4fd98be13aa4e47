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
  const of = (category: string) => actions.filter((action) => action.category === category);
  return of('Source').flatMap((source) =>
    of('Build')
      .filter((build) => feeds(actions, source, build))
      .flatMap((build): Delivery<A>[] => {
        const deployments = of('Deploy').filter((deploy) => feeds(actions, build, deploy));
        return deployments.length === 0 ? [{ source, build }] : deployments.map((deploy) => ({ source, build, deploy }));
      }),
  );
}

/** Whether an artifact gets from one action to another, directly or through actions between them. */
function feeds(actions: readonly DeliveryAction[], from: DeliveryAction, to: DeliveryAction): boolean {
  const carried = new Set(from.outputs);
  const passed = new Set([from]);
  for (let grown = true; grown; ) {
    if (to.inputs.some((name) => carried.has(name))) return true;
    const next = actions.filter((action) => !passed.has(action) && action.inputs.some((name) => carried.has(name)));
    grown = next.length > 0;
    for (const action of next) {
      passed.add(action);
      for (const name of action.outputs) carried.add(name);
    }
  }
  return false;
}

/** The file a deployment to ECS reads its images from: `FileName`, or the one CodePipeline takes when it is not set. */
export function imageDefinitionsFile({ configuration }: DeliveryAction): string {
  return configuration['FileName'] || 'imagedefinitions.json';
}
