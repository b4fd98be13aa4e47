import { ACCOUNT, type ForeignAccount, type ForeignRegistry, madeSeconds } from '../state.ts';
import { type Ask, json, jsonError, type Reply } from '../wire.ts';

const digestOf = (tag: string) => `sha256:${Buffer.from(tag).toString('hex').padEnd(64, '0')}`;

/** ECR: images without a size, scanned when somebody asked for it. */
export function images({ operation, input, region }: Ask, { imageRepositories: all = [] }: ForeignAccount): Reply | undefined {
  const described = ({ name, settings }: ForeignRegistry) => ({
    registryId: ACCOUNT,
    repositoryArn: `arn:aws:ecr:${region}:${ACCOUNT}:repository/${name}`,
    repositoryName: name,
    repositoryUri: `${ACCOUNT}.dkr.ecr.${region}.amazonaws.com/${name}`,
    createdAt: madeSeconds,
    imageTagMutability: 'MUTABLE',
    imageScanningConfiguration: { scanOnPush: false },
    encryptionConfiguration: { encryptionType: 'AES256' },
    ...settings,
  });
  if (operation === 'GetRegistryScanningConfiguration') {
    return json({ registryId: ACCOUNT, scanningConfiguration: { scanType: 'BASIC', rules: [] } });
  }
  const [asked] = (input['repositoryNames'] as string[] | undefined) ?? [input['repositoryName']];
  if (operation === 'DescribeRepositories' && asked === undefined) return json({ repositories: all.map(described), failures: [] });
  const found = all.find(({ name }) => name === asked);
  const lacking = (code: string) => jsonError(code, `${asked} in the registry with id '${ACCOUNT}'`);
  if (found === undefined) return lacking('RepositoryNotFoundException');
  const { name: repositoryName, tags, policy, lifecycle } = found;
  const about = { registryId: ACCOUNT, repositoryName };
  switch (operation) {
    case 'DescribeRepositories':
      return json({ repositories: [described(found)], failures: [] });
    case 'DescribeImages':
      return json({
        imageDetails: tags.map((tag) => ({ ...about, imageDigest: digestOf(tag), imageTags: [tag], imagePushedAt: madeSeconds + 120 })),
      });
    case 'GetRepositoryPolicy':
      return policy === undefined
        ? lacking('RepositoryPolicyNotFoundException')
        : json({ ...about, policyText: JSON.stringify(policy, null, 1) });
    case 'GetLifecyclePolicy':
      return lifecycle === undefined
        ? lacking('LifecyclePolicyNotFoundException')
        : json({ ...about, lifecyclePolicyText: JSON.stringify(lifecycle), lastEvaluatedAt: madeSeconds });
    case 'DescribeImageScanFindings':
      return json({
        ...about,
        imageId: input['imageId'],
        imageScanStatus: { status: 'COMPLETE', description: 'The scan was completed successfully.' },
        imageScanFindings: { imageScanCompletedAt: '2026-11-20T10:05:00Z', findings: [], findingSeverityCounts: {} },
      });
    default:
      return undefined;
  }
}

/** ECS: a service counts its running tasks, but there are none behind it. */
export function services({ operation, input, region }: Ask, { service }: ForeignAccount): Reply | undefined {
  const arn = (kind: string) => `arn:aws:ecs:${region}:${ACCOUNT}:${kind}`;
  const name = service?.name;
  const missing = (kind: string) => ({ failures: [{ arn: arn(`${kind}/asked`), reason: 'MISSING' }] });
  const definitionArn = arn(`task-definition/${name}:1`);
  switch (operation) {
    case 'DescribeClusters':
      if (service === undefined) return json({ clusters: [], ...missing('cluster') });
      return json({
        clusters: [
          { clusterName: name, clusterArn: arn(`cluster/${name}`), status: 'ACTIVE', activeServicesCount: 1, configuration: null },
        ],
        failures: [],
      });
    case 'DescribeServices': {
      if (service === undefined) return jsonError('ClusterNotFoundException', 'Cluster not found.');
      const counts = { desiredCount: 1, runningCount: 1, pendingCount: 0 };
      const deployment = { id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: definitionArn, launchType: 'FARGATE', ...counts };
      return json({
        services: [
          {
            ...{ serviceName: name, serviceArn: arn(`service/${name}/${name}`), status: 'ACTIVE', launchType: 'FARGATE', ...counts },
            ...{ taskDefinition: definitionArn, events: [], loadBalancers: [], networkConfiguration: {}, roleArn: null },
            deployments: [{ ...deployment, createdAt: madeSeconds, updatedAt: madeSeconds, networkConfiguration: null }],
          },
        ],
        failures: [],
      });
    }
    case 'DescribeTaskDefinition':
      if (service === undefined) return jsonError('ClientException', 'The specified task definition does not exist.');
      return json({
        taskDefinition: { taskDefinitionArn: definitionArn, revision: 1, status: 'ACTIVE', volumes: [], ...service.definition },
        failures: [],
      });
    case 'ListTasks':
      return input['cluster'] === name ? json({ taskArns: [] }) : jsonError('ClusterNotFoundException', 'Cluster not found.');
    default:
      return undefined;
  }
}
