/** Deep links into the AWS console, for the region and partition of one account. Names are encoded; nothing is looked up. */
export interface ConsoleLinks {
  stack(nameOrId: string): string;
  stacks(name: string): string;
  codeCommitRepository(name: string): string;
  codeBuildProjects(): string;
  codeBuildProject(name: string): string;
  codeBuildBuild(project: string, buildId: string): string;
  ecrRepository(name: string): string;
  ecrRepositories(): string;
  role(name: string): string;
  logGroup(name: string): string;
  buckets(): string;
  bucket(name: string): string;
  object(bucket: string, key: string): string;
  stateMachines(): string;
  stateMachine(arn: string): string;
  execution(arn: string): string;
  eventRule(name: string): string;
  pipelines(): string;
  pipeline(name: string): string;
  eventRules(): string;
  ecsCluster(name: string): string;
  ecsService(cluster: string, name: string): string;
  ecsTaskDefinition(family: string): string;
}

const CONSOLE_DOMAINS: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** @param place account (12 digits), region and partition (`aws`, `aws-cn`, `aws-us-gov`) the links lead to. */
export function consoleLinks(place: { account: string; region: string; partition: string }): ConsoleLinks {
  const domain = CONSOLE_DOMAINS[place.partition] ?? 'console.aws.amazon.com';
  const region = encodeURIComponent(place.region);
  const regional = `https://${region}.${domain}`;
  const codeBuild = `${regional}/codesuite/codebuild/${place.account}/projects`;
  const segment = encodeURIComponent;
  const path = (name: string) => name.split('/').map(segment).join('/');
  return {
    stack: (nameOrId) => `${regional}/cloudformation/home?region=${region}#/stacks/stackinfo?stackId=${segment(nameOrId)}`,
    stacks: (name) => `${regional}/cloudformation/home?region=${region}#/stacks?filteringText=${segment(name)}`,
    codeCommitRepository: (name) => `${regional}/codesuite/codecommit/repositories/${segment(name)}/browse?region=${region}`,
    codeBuildProjects: () => `${regional}/codesuite/codebuild/projects?region=${region}`,
    codeBuildProject: (name) => `${codeBuild}/${segment(name)}/details?region=${region}`,
    codeBuildBuild: (project, buildId) => `${codeBuild}/${segment(project)}/build/${segment(buildId)}/log?region=${region}`,
    ecrRepository: (name) => `${regional}/ecr/repositories/private/${place.account}/${path(name)}?region=${region}`,
    ecrRepositories: () => `${regional}/ecr/private-registry/repositories?region=${region}`,
    role: (name) => `https://${domain}/iam/home#/roles/details/${segment(name)}`,
    // The log console wants its names encoded twice, with `$` for `%`.
    logGroup: (name) =>
      `${regional}/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${segment(segment(name)).replaceAll('%', '$')}`,
    pipelines: () => `${regional}/codesuite/codepipeline/pipelines?region=${region}`,
    pipeline: (name) => `${regional}/codesuite/codepipeline/pipelines/${segment(name)}/view?region=${region}`,
    eventRules: () => `${regional}/events/home?region=${region}#/rules`,
    ecsCluster: (name) => `${regional}/ecs/v2/clusters/${segment(name)}/services?region=${region}`,
    ecsService: (cluster, name) => `${regional}/ecs/v2/clusters/${segment(cluster)}/services/${segment(name)}/health?region=${region}`,
    ecsTaskDefinition: (family) => `${regional}/ecs/v2/task-definitions/${segment(family)}?region=${region}`,
    buckets: () => `${regional}/s3/buckets?region=${region}`,
    bucket: (name) => `${regional}/s3/buckets/${segment(name)}?region=${region}`,
    object: (bucket, key) => `${regional}/s3/object/${segment(bucket)}?region=${region}&prefix=${segment(key)}`,
    stateMachines: () => `${regional}/states/home?region=${region}#/statemachines`,
    stateMachine: (arn) => `${regional}/states/home?region=${region}#/statemachines/view/${segment(arn)}`,
    execution: (arn) => `${regional}/states/home?region=${region}#/v2/executions/details/${segment(arn)}`,
    eventRule: (name) => `${regional}/events/home?region=${region}#/eventbus/default/rules/${segment(name)}`,
  };
}
