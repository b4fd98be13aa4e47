import { describe, expect, test } from 'vitest';
import { factsOf, failure, read } from '../ask.test-support.ts';
import { actionsOf, scopesOf } from '../bind.ts';
import { describeReaders, type ReaderRow } from '../describe-readers.test-support.ts';
import type { AnyReader } from '../reader.ts';
import { json, jsonError, type Reply, s3Error, s3Xml, type WireRequest, xml, xmlError } from '../wire-endpoint.test-support.ts';
import { readers } from './readers.test-support.ts';

const every: readonly AnyReader[] = Object.values(readers).flatMap((service) => Object.values<AnyReader>(service));

const { cloudformation, cloudtrail, codebuild, codecommit, codepipeline, ecr, ecs, events, iam, logs, s3, states } = readers;
const noStack = xmlError('ValidationError', 'Stack with id s does not exist');
const noEntity = xmlError('NoSuchEntity', 'It cannot be found.', 404);
const noBucket = s3Error('NoSuchBucket', 404);
const listed = (members: string) => s3Xml('ListBucketResult', `<Name>bucket</Name><IsTruncated>false</IsTruncated>${members}`);

const absences: readonly ReaderRow[] = [
  [cloudformation.stack, ['s'], [noStack, undefined]],
  [cloudformation.stackFailures, ['s'], [noStack, undefined]],
  [cloudformation.stackCompletion, ['s'], [noStack, undefined]],
  [cloudformation.deletedStacks, ['s'], [xml('ListStacks', '<StackSummaries/>'), []]],
  [codecommit.repository, ['r'], [jsonError('RepositoryDoesNotExistException'), undefined]],
  [codecommit.pushedRepository, ['r'], [jsonError('RepositoryDoesNotExistException'), undefined]],
  [
    codecommit.branch,
    ['r', 'main'],
    [jsonError('RepositoryDoesNotExistException'), undefined],
    [jsonError('BranchDoesNotExistException'), undefined],
  ],
  [codecommit.branches, ['r'], [jsonError('RepositoryDoesNotExistException'), undefined], [json({ branches: [] }), []]],
  [
    codecommit.folder,
    ['r', undefined, '/'],
    [jsonError('RepositoryDoesNotExistException'), { state: 'no-repository' }],
    [jsonError('CommitDoesNotExistException'), { state: 'empty' }],
    [jsonError('FolderDoesNotExistException'), { state: 'no-path' }],
  ],
  [
    codecommit.file,
    ['r', 'main', 'app.js'],
    [jsonError('RepositoryDoesNotExistException'), { state: 'no-repository' }],
    [jsonError('CommitDoesNotExistException'), { state: 'no-commit' }],
    [jsonError('FileDoesNotExistException'), { state: 'no-path' }],
    [jsonError('FileTooLargeException'), { state: 'too-large' }],
  ],
  [codebuild.project, ['p'], [json({ projects: [], projectsNotFound: ['p'] }), undefined]],
  [codebuild.projectNames, [], [json({ projects: [] }), []]],
  [codebuild.buildIdsOfProject, ['p'], [jsonError('ResourceNotFoundException'), undefined], [json({ ids: [] }), []]],
  [codebuild.buildIds, [{ project: 'p' }], [json({ ids: [] }), []]],
  [codebuild.builds, [['p:1']], [json({ builds: [], buildsNotFound: ['p:1'] }), []]],
  [ecr.repository, ['r'], [jsonError('RepositoryNotFoundException'), undefined]],
  [ecr.repositoryNames, [], [json({ repositories: [] }), []]],
  [ecr.images, ['r'], [jsonError('RepositoryNotFoundException'), undefined], [json({ imageDetails: [] }), []]],
  [
    ecr.repositoryPolicy,
    ['r'],
    [jsonError('RepositoryPolicyNotFoundException'), undefined],
    [jsonError('RepositoryNotFoundException'), undefined],
  ],
  [
    ecr.lifecyclePolicy,
    ['r'],
    [jsonError('LifecyclePolicyNotFoundException'), undefined],
    [jsonError('RepositoryNotFoundException'), undefined],
  ],
  [ecr.registryScanning, [], [json({ scanningConfiguration: { scanType: 'BASIC' } }), { rules: [] }]],
  [
    ecr.scanFindings,
    ['r', { tag: 'latest' }],
    [jsonError('ScanNotFoundException'), undefined],
    [jsonError('ImageNotFoundException'), undefined],
    [jsonError('RepositoryNotFoundException'), undefined],
  ],
  [codepipeline.pipeline, ['p'], [jsonError('PipelineNotFoundException'), undefined]],
  [codepipeline.pipelineNames, [], [json({ pipelines: [] }), []]],
  [codepipeline.executions, ['p'], [jsonError('PipelineNotFoundException'), undefined], [json({ pipelineExecutionSummaries: [] }), []]],
  [
    codepipeline.actionExecutions,
    ['p', 'e'],
    [jsonError('PipelineNotFoundException'), undefined],
    [jsonError('PipelineExecutionNotFoundException'), undefined],
    [json({ actionExecutionDetails: [] }), []],
  ],
  [ecs.cluster, ['c'], [json({ clusters: [], failures: [{ arn: 'c', reason: 'MISSING' }] }), undefined]],
  [
    ecs.service,
    ['c', 's'],
    [json({ services: [], failures: [{ arn: 's', reason: 'MISSING' }] }), undefined],
    [jsonError('ClusterNotFoundException'), undefined],
  ],
  [ecs.taskDefinition, ['t'], [jsonError('ClientException', 'Unable to describe task definition.'), undefined]],
  [
    ecs.tasks,
    [{ cluster: 'c', service: 's' }],
    [json({ taskArns: [] }), []],
    [jsonError('ClusterNotFoundException'), undefined],
    [jsonError('ServiceNotFoundException'), undefined],
  ],
  [events.rules, ['r'], [json({ Rules: [] }), []]],
  [events.rule, ['r'], [jsonError('ResourceNotFoundException'), undefined]],
  [events.targets, ['r'], [jsonError('ResourceNotFoundException'), undefined], [json({ Targets: [] }), []]],
  [cloudtrail.lookUp, [{ by: 'EventName', value: 'PutImage' }], [json({ Events: [] }), []]],
  [cloudtrail.iamChanges, ['r'], [json({ Events: [] }), []]],
  [states.stateMachine, ['m'], [jsonError('StateMachineDoesNotExist'), undefined]],
  [states.stateMachines, [], [json({ stateMachines: [] }), []]],
  [states.executions, ['m'], [jsonError('StateMachineDoesNotExist'), undefined], [json({ executions: [] }), []]],
  [states.history, ['m:e'], [jsonError('ExecutionDoesNotExist'), undefined]],
  [iam.role, ['r'], [noEntity, undefined]],
  [iam.policy, ['p'], [noEntity, undefined]],
  [iam.rolePolicies, ['r'], [noEntity, undefined]],
  [iam.oidcProvider, ['token.actions.githubusercontent.com'], [noEntity, undefined]],
  [logs.logGroup, ['/aws/codebuild/p'], [json({ logGroups: [] }), undefined]],
  [logs.newestStreams, ['g'], [jsonError('ResourceNotFoundException'), undefined], [json({ logStreams: [] }), []]],
  [logs.resourcePolicies, [], [json({ resourcePolicies: [] }), []]],
  [s3.buckets, ['bucket'], [s3Xml('ListAllMyBucketsResult', '<Buckets/>'), []]],
  [s3.bucketRegion, ['bucket'], [noBucket, undefined], [s3Xml('LocationConstraint', ''), 'us-east-1']],
  [s3.publicAccessBlock, ['bucket'], [noBucket, undefined], [s3Error('NoSuchPublicAccessBlockConfiguration', 404), undefined]],
  [s3.encryption, ['bucket'], [noBucket, undefined], [s3Error('ServerSideEncryptionConfigurationNotFoundError', 404), undefined]],
  [s3.objects, ['bucket'], [noBucket, undefined], [listed(''), []]],
  [s3.object, ['bucket', 'a'], [noBucket, undefined], [listed(''), undefined]],
  [
    s3.objectVersions,
    ['bucket'],
    [noBucket, undefined],
    [s3Xml('ListVersionsResult', '<Name>bucket</Name><IsTruncated>false</IsTruncated>'), []],
  ],
];

test('every reader is in the table, has its own name, and reads only', () => {
  expect(absences.map(([reader]) => reader.name).sort()).toEqual(every.map(({ name }) => name).sort());
  expect(new Set(every.map(({ name }) => name)).size).toBe(every.length);
  for (const { calls } of every)
    for (const call of calls) expect(call).toMatch(/^[a-z0-9]+:(BatchGet|Describe|Get|List|Lookup)[A-Za-z0-9]+$/);
});

test('every reader says what each action that it needs can be limited to', () => {
  for (const reader of every) expect(Object.keys(scopesOf([reader])).sort()).toEqual(actionsOf([reader]));
});

describeReaders(absences);

describe('cloudformation', () => {
  const id = 'arn:aws:cloudformation:ap-northeast-2:111122223333:stack/s/1';
  const member = (extra: string) =>
    `<member><StackId>${id}</StackId><StackName>s</StackName><CreationTime>2026-11-20T10:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus>${extra}</member>`;

  test('a stack with and without outputs', async () => {
    const full = member(
      '<Outputs><member><OutputKey>Uri</OutputKey><OutputValue>x</OutputValue></member></Outputs><Tags><member><Key>Week</Key><Value>9-2</Value></member></Tags><Parameters><member><ParameterKey>P</ParameterKey><ParameterValue/></member></Parameters>',
    );
    expect(await factsOf(cloudformation.stack, ['s'], xml('DescribeStacks', `<Stacks>${full}</Stacks>`))).toEqual({
      id,
      name: 's',
      status: 'CREATE_COMPLETE',
      outputs: { Uri: 'x' },
      tags: { Week: '9-2' },
    });
    const bare = member('<StackStatusReason>User Initiated</StackStatusReason>');
    expect(await factsOf(cloudformation.stack, [id], xml('DescribeStacks', `<Stacks>${bare}</Stacks>`))).toMatchObject({
      statusReason: 'User Initiated',
      outputs: {},
      tags: {},
    });
  });

  test('no stacks, another stack, or another validation error are not absence', async () => {
    for (const reply of [xml('DescribeStacks', '<Stacks/>'), xml('DescribeStacks', `<Stacks>${member('')}</Stacks>`)]) {
      expect(await failure(read(cloudformation.stack, ['other'], () => reply))).toMatchObject({ reason: 'malformed' });
    }
    const tooLong = xmlError('ValidationError', '1 validation error detected');
    expect(await failure(read(cloudformation.stack, ['s'], () => tooLong))).toMatchObject({ reason: 'bug', code: 'ValidationError' });
  });

  test('failures of the newest operation, oldest first, over pages', async () => {
    const event = (logical: string, status: string, minute: number, physical = logical) =>
      `<member><StackId>${id}</StackId><EventId>${minute}</EventId><StackName>s</StackName><LogicalResourceId>${logical}</LogicalResourceId><PhysicalResourceId>${physical}</PhysicalResourceId><ResourceType>AWS::X::${logical}</ResourceType><Timestamp>2026-11-20T10:${minute}:00Z</Timestamp><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>why ${logical}</ResourceStatusReason></member>`;
    const pages = [
      `<StackEvents>${event('s', 'DELETE_FAILED', 59, id)}${event('B', 'DELETE_FAILED', 58)}</StackEvents><NextToken>2</NextToken>`,
      `<StackEvents>${event('A', 'DELETE_FAILED', 57)}${event('A', 'DELETE_IN_PROGRESS', 56)}${event('s', 'DELETE_IN_PROGRESS', 55, id)}${event('Old', 'CREATE_FAILED', 20)}</StackEvents><NextToken>3</NextToken>`,
    ];
    const facts = await factsOf(cloudformation.stackFailures, ['s'], ...pages.map((page) => xml('DescribeStackEvents', page)));
    expect(facts?.map(({ logicalId }) => logicalId)).toEqual(['A', 'B', 's']);
    expect(facts?.[0]).toMatchObject({
      logicalId: 'A',
      type: 'AWS::X::A',
      status: 'DELETE_FAILED',
      reason: 'why A',
      at: new Date('2026-11-20T10:57:00Z'),
    });
  });

  test('deleted stacks of exactly this name, newest first', async () => {
    const summary = (name: string, deleted: string) =>
      `<member><StackId>${name}-${deleted}</StackId><StackName>${name}</StackName><CreationTime>2026-11-01T00:00:00Z</CreationTime><DeletionTime>2026-11-${deleted}T00:00:00Z</DeletionTime><StackStatus>DELETE_COMPLETE</StackStatus></member>`;
    const { facts, bodies } = await read(cloudformation.deletedStacks, ['s'], ({ nth }) =>
      nth === 1
        ? xml('ListStacks', `<StackSummaries>${summary('s', '02')}${summary('s-2', '03')}</StackSummaries><NextToken>n</NextToken>`)
        : xml('ListStacks', `<StackSummaries>${summary('s', '04')}</StackSummaries>`),
    );
    expect(facts).toEqual([
      { id: 's-04', name: 's', status: 'DELETE_COMPLETE', deletedAt: new Date('2026-11-04') },
      { id: 's-02', name: 's', status: 'DELETE_COMPLETE', deletedAt: new Date('2026-11-02') },
    ]);
    const timeless =
      '<member><StackId>i</StackId><StackName>s</StackName><CreationTime>2026-11-01T00:00:00Z</CreationTime><StackStatus>DELETE_COMPLETE</StackStatus></member>';
    expect(
      await factsOf(
        cloudformation.deletedStacks,
        ['s'],
        xml('ListStacks', `<StackSummaries>${timeless}${summary('s', '02')}</StackSummaries>`),
      ),
    ).toMatchObject([{ id: 's-02' }, { id: 'i' }]);
    expect(bodies[0]).toContain('StackStatusFilter.member.1=DELETE_COMPLETE');
    expect(bodies[1]).toContain('NextToken=n');
  });
});

describe('codecommit', () => {
  const bytes = (content: Uint8Array) => Buffer.from(content).toString('base64');
  const file = (content: Uint8Array, fileSize = content.byteLength) =>
    json({ commitId: 'c', blobId: 'b', filePath: 'app.js', fileMode: 'NORMAL', fileSize, fileContent: bytes(content) });
  const readFile = (reply: Reply) => factsOf(codecommit.file, ['r', undefined, 'app.js'], reply);

  test('text is UTF-8 of at most a mebibyte', async () => {
    expect(await readFile(file(Buffer.from('한글\n')))).toEqual({
      state: 'present',
      commitId: 'c',
      sizeBytes: 7,
      text: '한글\n',
    });
    expect(await readFile(file(Buffer.alloc(0)))).toMatchObject({ state: 'present', text: '' });
    expect(await readFile(file(Buffer.from('\ufeffversion: 0.2', 'utf16le')))).toMatchObject({ state: 'not-text', sizeBytes: 26 });
    expect(await readFile(file(Buffer.alloc(1_048_576, 'a')))).toMatchObject({ state: 'present' });
    expect(await readFile(file(Buffer.alloc(1_048_577, 'a')))).toMatchObject({ state: 'too-large', sizeBytes: 1_048_577 });
  });

  test('a file that is shorter than AWS says is no file', async () => {
    expect(await failure(read(codecommit.file, ['r', undefined, 'app.js'], () => file(Buffer.from('abc'), 4)))).toMatchObject({
      reason: 'malformed',
    });
  });

  test('a folder lists what lies in it', async () => {
    const reply = json({
      commitId: 'c',
      folderPath: '',
      files: [{ blobId: 'b', absolutePath: 'app.js', relativePath: 'app.js', fileMode: 'NORMAL' }],
      subFolders: [{ treeId: 't', absolutePath: 'src', relativePath: 'src' }],
    });
    const { facts, bodies } = await read(codecommit.folder, ['r', undefined, '/'], () => reply);
    expect(facts).toEqual({
      state: 'present',
      files: [{ path: 'app.js' }],
      folders: ['src'],
    });
    expect(JSON.parse(bodies[0] ?? '')).toEqual({ repositoryName: 'r', folderPath: '/' });
  });

  test('a repository, its branches and their heads', async () => {
    const repositoryMetadata = { repositoryName: 'r', repositoryId: 'i', Arn: 'arn:r', cloneUrlHttp: 'https://r', creationDate: 1.5 };
    expect(await factsOf(codecommit.repository, ['r'], json({ repositoryMetadata }))).toEqual({
      name: 'r',
      arn: 'arn:r',
    });
    // Without a repository there is no file in it, whether or not the endpoint knows files.
    const page: Reply = { status: 500, type: 'text/html', body: '<h1>Internal Server Error</h1>' };
    const fileWhere = (ofRepository: Reply) =>
      read(codecommit.file, ['r', undefined, 'app.js'], ({ operation }) => (operation === 'GetRepository' ? ofRepository : page));
    expect((await fileWhere(jsonError('RepositoryDoesNotExistException'))).facts).toEqual({ state: 'no-repository' });
    for (const ofRepository of [json({ repositoryMetadata }), page]) {
      expect(await failure(fileWhere(ofRepository))).toMatchObject({ reason: 'malformed', operation: 'codecommit:GetFile' });
    }
    // Whether it was pushed to is certain only when its branches could be asked for, and none is there.
    const pushed = (branches: Reply) =>
      read(codecommit.pushedRepository, ['r'], ({ operation }) => (operation === 'ListBranches' ? branches : json({ repositoryMetadata })));
    expect((await pushed(json({ branches: [] }))).facts).toMatchObject({ name: 'r' });
    expect(await failure(pushed(page))).toMatchObject({
      reason: 'malformed',
      operation: 'codecommit:ListBranches',
    });
    expect(await failure(pushed(json({ branches: ['main'] })))).toMatchObject({ reason: 'malformed', trouble: 'incomplete' });
    const pages = [json({ branches: ['main'], nextToken: 'n' }), json({ branches: ['dev'] })];
    expect(await factsOf(codecommit.branches, ['r'], ...pages)).toEqual(['main', 'dev']);
    expect(await factsOf(codecommit.branch, ['r', 'main'], json({ branch: { branchName: 'main', commitId: 'c' } }))).toEqual({
      name: 'main',
      commitId: 'c',
    });
  });

  test('an account without CodeCommit is told as such', async () => {
    const closed = jsonError('OperationNotAllowedException', 'closed to new customers');
    expect(await failure(read(codecommit.repository, ['r'], () => closed))).toMatchObject({
      reason: 'access',
      code: 'OperationNotAllowedException',
    });
  });
});

describe('codebuild', () => {
  const environment = { type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0', computeType: 'BUILD_GENERAL1_SMALL' };
  const project = { name: 'p', arn: 'arn:p', source: { type: 'CODECOMMIT' }, environment, serviceRole: 'arn:role' };

  test('a bare project has the defaults of CodeBuild', async () => {
    expect(await factsOf(codebuild.project, ['p'], json({ projects: [project], projectsNotFound: [] }))).toEqual({
      name: 'p',
      arn: 'arn:p',
      source: { type: 'CODECOMMIT' },
      environment: { ...environment, privileged: false, variables: [] },
      serviceRole: 'arn:role',
      logs: { cloudWatch: { enabled: true } },
    });
  });

  test('a whole project', async () => {
    const whole = {
      ...project,
      source: { type: 'CODECOMMIT', location: 'https://r', buildspec: 'ci/buildspec.yml' },
      sourceVersion: 'refs/heads/main',
      environment: {
        ...environment,
        privilegedMode: true,
        environmentVariables: [
          { name: 'A', value: ' 1 ', type: 'PLAINTEXT' },
          { name: 'B', value: '/path', type: 'PARAMETER_STORE' },
          { name: 'C', value: '' },
        ],
      },
      logsConfig: { cloudWatchLogs: { status: 'DISABLED' }, s3Logs: { status: 'ENABLED', location: 'b/k' } },
      tags: [{ key: 'Week', value: '9-2' }],
      created: 1_763_600_000,
    };
    expect(await factsOf(codebuild.project, ['p'], json({ projects: [whole] }))).toMatchObject({
      source: { type: 'CODECOMMIT', location: 'https://r', buildspec: 'ci/buildspec.yml' },
      sourceVersion: 'refs/heads/main',
      environment: {
        privileged: true,
        variables: [
          { name: 'A', value: ' 1 ', type: 'PLAINTEXT' },
          { name: 'B', value: '', type: 'PARAMETER_STORE' },
          { name: 'C', value: '', type: 'PLAINTEXT' },
        ],
      },
      logs: { cloudWatch: { enabled: false } },
    });
  });

  test('null stands for an unset member', async () => {
    const nulls = {
      ...project,
      sourceVersion: null,
      tags: null,
      logsConfig: null,
      source: { type: 'CODECOMMIT', location: null, buildspec: null },
    };
    expect(await factsOf(codebuild.project, ['p'], json({ projects: [nulls], projectsNotFound: null }))).toMatchObject({
      source: { type: 'CODECOMMIT' },
      logs: { cloudWatch: { enabled: true } },
    });
  });

  test('where missing projects are not named, the list of all names decides', async () => {
    for (const body of [{ projects: [], projectsNotFound: [] }, { projects: [] }, { projects: [{ ...project, name: 'other' }] }]) {
      const listing = (names: readonly string[]) => (request: WireRequest) =>
        json(request.operation === 'ListProjects' ? { projects: names } : body);
      expect((await read(codebuild.project, ['p'], listing(['other']))).facts).toBeUndefined();
      expect(await failure(read(codebuild.project, ['p'], listing(['p'])))).toMatchObject({ reason: 'malformed' });
      expect(
        await failure(read(codebuild.project, ['p'], ({ operation }) => json(operation === 'ListProjects' ? {} : body))),
      ).toMatchObject({
        reason: 'malformed',
        operation: 'codebuild:ListProjects',
      });
    }
    expect(await failure(read(codebuild.project, ['p'], () => json({ projectsNotFound: ['other'] })))).toMatchObject({
      reason: 'malformed',
    });
    const { bodies } = await read(codebuild.project, ['p'], () => json({ projectsNotFound: ['p'] }));
    expect(bodies).toHaveLength(1);
  });

  test('build ids stop at the limit', async () => {
    const pages = [json({ ids: ['p:3', 'p:2'], nextToken: 'n' }), json({ ids: ['p:1'], nextToken: 'm' })];
    expect(await factsOf(codebuild.buildIdsOfProject, ['p', { limit: 2 }], ...pages)).toEqual(['p:3', 'p:2']);
    expect(await factsOf(codebuild.buildIdsOfProject, ['p', { limit: 3 }], ...pages)).toEqual(['p:3', 'p:2', 'p:1']);
    const { bodies } = await read(codebuild.buildIdsOfProject, ['p'], () => json({ ids: ['p:1'] }));
    expect(bodies).toEqual(['{"projectName":"p"}']);
  });

  test('builds of a deleted project are found among all builds', async () => {
    const pages = [json({ ids: ['p:3', 'p-2:1'], nextToken: 'n' }), json({ ids: ['other:1', 'p:1'] })];
    expect(await factsOf(codebuild.buildIds, [{ project: 'p' }], ...pages)).toEqual(['p:3', 'p:1']);
    expect(await factsOf(codebuild.buildIds, [{ project: 'p', limit: 1 }], ...pages)).toEqual(['p:3']);
  });

  test('builds come in the order asked for, without those AWS does not know', async () => {
    const build = (id: string) => ({
      id,
      arn: `arn:${id}`,
      projectName: 'p',
      buildNumber: 1,
      buildStatus: 'FAILED',
      buildComplete: true,
      startTime: 1_763_600_000,
      endTime: 1_763_600_100.5,
      currentPhase: 'COMPLETED',
      sourceVersion: 'refs/heads/main',
      resolvedSourceVersion: '0a1b2c3',
      source: { type: 'CODECOMMIT', buildspec: 'buildspec.yml' },
      environment,
      serviceRole: 'arn:role',
      phases: [
        {
          phaseType: 'BUILD',
          phaseStatus: 'FAILED',
          durationInSeconds: 4,
          contexts: [{ statusCode: 'COMMAND_EXECUTION_ERROR', message: 'exit 1' }],
        },
        { phaseType: 'COMPLETED' },
      ],
      logs: { groupName: '/aws/codebuild/p', streamName: 's', deepLink: 'https://logs' },
    });
    const facts = await factsOf(
      codebuild.builds,
      [['p:2', 'p:gone', 'p:1']],
      json({ builds: [build('p:1'), build('p:2')], buildsNotFound: ['p:gone'] }),
    );
    expect(facts.map(({ id }) => id)).toEqual(['p:2', 'p:1']);
    expect(facts[0]).toEqual({
      id: 'p:2',
      arn: 'arn:p:2',
      project: 'p',
      number: 1,
      status: 'FAILED',
      complete: true,
      currentPhase: 'COMPLETED',
      startedAt: new Date(1_763_600_000_000),
      endedAt: new Date(1_763_600_100_500),
      sourceVersion: 'refs/heads/main',
      resolvedSourceVersion: '0a1b2c3',
      source: { type: 'CODECOMMIT', buildspec: 'buildspec.yml' },
      environment: { ...environment, privileged: false, variables: [] },
      serviceRole: 'arn:role',
      buildspec: 'buildspec.yml',
      phases: [
        { type: 'BUILD', status: 'FAILED', contexts: [{ code: 'COMMAND_EXECUTION_ERROR', message: 'exit 1' }] },
        { type: 'COMPLETED', contexts: [] },
      ],
      logs: { groupName: '/aws/codebuild/p' },
    });
    expect(await failure(read(codebuild.builds, [['p:1', 'p:2']], () => json({ builds: [build('p:1')] })))).toMatchObject({
      reason: 'malformed',
    });
  });

  test('no builds need no call, and too many are refused', async () => {
    const { facts, bodies } = await read(codebuild.builds, [[]], () => 'reset');
    expect({ facts, bodies }).toEqual({ facts: [], bodies: [] });
    const many = Array.from({ length: 101 }, (_, index) => `p:${index}`);
    await expect(read(codebuild.builds, [many], () => json({}))).rejects.toThrow('codebuild.builds takes at most 100 ids, not 101.');
  });
});

test('ecr: a repository and its images, tagged and untagged', async () => {
  const repository = {
    repositoryName: 'r',
    repositoryArn: 'arn:r',
    repositoryUri: '1.dkr.ecr/r',
    imageTagMutability: 'MUTABLE',
    createdAt: 1.5,
  };
  expect(await factsOf(ecr.repository, ['r'], json({ repositories: [repository] }))).toEqual({
    name: 'r',
    arn: 'arn:r',
    uri: '1.dkr.ecr/r',
    tagMutability: 'MUTABLE',
  });
  const pages = [
    json({
      imageDetails: [{ imageDigest: 'sha256:a', imageTags: ['latest', '0a1b2c3'], imagePushedAt: 2, imageSizeInBytes: 5 }],
      nextToken: 'n',
    }),
    json({ imageDetails: [{ imageDigest: 'sha256:b', imagePushedAt: 1 }] }),
  ];
  expect(await factsOf(ecr.images, ['r'], ...pages)).toEqual([
    { digest: 'sha256:a', tags: ['latest', '0a1b2c3'], pushedAt: new Date(2000), sizeBytes: 5 },
    { digest: 'sha256:b', tags: [], pushedAt: new Date(1000) },
  ]);
});

test('iam: a role by its ARN is asked for by its bare name; its trust policy is decoded', async () => {
  const members = (document: string) =>
    `<Role><Path>/service-role/</Path><RoleName>r</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::111122223333:role/service-role/r</Arn><CreateDate>2026-11-20T10:00:00Z</CreateDate><AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument><Tags><member><Key>Week</Key><Value>9-2</Value></member></Tags></Role>`;
  const trust = { Version: '2012-10-17', Statement: [] };
  const good = xml('GetRole', members(encodeURIComponent(JSON.stringify(trust))));
  const { facts, bodies } = await read(iam.role, ['arn:aws:iam::111122223333:role/service-role/r'], () => good);
  expect(facts).toEqual({
    name: 'r',
    arn: 'arn:aws:iam::111122223333:role/service-role/r',
    trust,
  });
  expect(bodies[0]).toContain('RoleName=r');
  // Whoever judges it is told what there is.
  for (const document of ['%7Bhalf', '%']) {
    expect(await factsOf(iam.role, ['r'], xml('GetRole', members(document)))).toMatchObject({ trust: document });
  }
});

test('logs: only the group of exactly this name', async () => {
  const pages = [
    json({ logGroups: [{ logGroupName: '/aws/codebuild/p-2', storedBytes: 1 }], nextToken: 'n' }),
    json({ logGroups: [{ logGroupName: '/aws/codebuild/p', storedBytes: 7, retentionInDays: 14 }], nextToken: 'm' }),
  ];
  expect(await factsOf(logs.logGroup, ['/aws/codebuild/p'], ...pages)).toEqual({
    name: '/aws/codebuild/p',
    storedBytes: 7,
  });
  expect(await factsOf(logs.logGroup, ['/aws/codebuild/p'], json({ logGroups: [{ logGroupName: '/aws/codebuild/p-2' }] }))).toBeUndefined();
});
