import { expect, it } from 'vitest';
import { cloudformationConsole } from './cloudformation.ts';
import { codebuildConsole } from './codebuild.ts';
import { codecommitConsole } from './codecommit.ts';
import { codepipelineConsole } from './codepipeline.ts';
import { ecrConsole } from './ecr.ts';
import { ecsConsole } from './ecs.ts';
import { eventsConsole } from './events.ts';
import { iamConsole } from './iam.ts';
import { logsConsole } from './logs.ts';
import { s3Console } from './s3.ts';
import { statesConsole } from './states.ts';

const place = { account: '123456789012', region: 'ap-northeast-2', partition: 'aws' };

it('leads to the right region and encodes names', () => {
  expect({
    stack: cloudformationConsole.stack(place, 'arn:aws:cloudformation:ap-northeast-2:123456789012:stack/a/b'),
    stacks: cloudformationConsole.stacks(place, 'a b'),
    repository: codecommitConsole.repository(place, 'a?b'),
    project: codebuildConsole.project(place, 'p'),
    build: codebuildConsole.build(place, 'p', 'p:1-2'),
    ecr: ecrConsole.repository(place, 'team/app'),
    role: iamConsole.role(place, 'r'),
    logGroup: logsConsole.logGroup(place, '/aws/codebuild/p'),
  }).toMatchInlineSnapshot(`
    {
      "build": "https://ap-northeast-2.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/p/build/p%3A1-2/log?region=ap-northeast-2",
      "ecr": "https://ap-northeast-2.console.aws.amazon.com/ecr/repositories/private/123456789012/team/app?region=ap-northeast-2",
      "logGroup": "https://ap-northeast-2.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-2#logsV2:log-groups/log-group/$252Faws$252Fcodebuild$252Fp",
      "project": "https://ap-northeast-2.console.aws.amazon.com/codesuite/codebuild/123456789012/projects/p/details?region=ap-northeast-2",
      "repository": "https://ap-northeast-2.console.aws.amazon.com/codesuite/codecommit/repositories/a%3Fb/browse?region=ap-northeast-2",
      "role": "https://console.aws.amazon.com/iam/home#/roles/details/r",
      "stack": "https://ap-northeast-2.console.aws.amazon.com/cloudformation/home?region=ap-northeast-2#/stacks/stackinfo?stackId=arn%3Aaws%3Acloudformation%3Aap-northeast-2%3A123456789012%3Astack%2Fa%2Fb",
      "stacks": "https://ap-northeast-2.console.aws.amazon.com/cloudformation/home?region=ap-northeast-2#/stacks?filteringText=a%20b",
    }
  `);
});

it('leads to buckets, objects, state machines and rules', () => {
  expect([
    s3Console.bucket(place, 'b'),
    s3Console.object(place, 'b', 'images/a b.tar'),
    statesConsole.stateMachine(place, 'arn:aws:states:ap-northeast-2:123456789012:stateMachine:m'),
    statesConsole.execution(place, 'arn:aws:states:ap-northeast-2:123456789012:execution:m:1'),
    eventsConsole.rule(place, 'r'),
  ]).toMatchInlineSnapshot(`
    [
      "https://ap-northeast-2.console.aws.amazon.com/s3/buckets/b?region=ap-northeast-2",
      "https://ap-northeast-2.console.aws.amazon.com/s3/object/b?region=ap-northeast-2&prefix=images%2Fa%20b.tar",
      "https://ap-northeast-2.console.aws.amazon.com/states/home?region=ap-northeast-2#/statemachines/view/arn%3Aaws%3Astates%3Aap-northeast-2%3A123456789012%3AstateMachine%3Am",
      "https://ap-northeast-2.console.aws.amazon.com/states/home?region=ap-northeast-2#/v2/executions/details/arn%3Aaws%3Astates%3Aap-northeast-2%3A123456789012%3Aexecution%3Am%3A1",
      "https://ap-northeast-2.console.aws.amazon.com/events/home?region=ap-northeast-2#/eventbus/default/rules/r",
    ]
  `);
});

it('leads to lists, pipelines and services', () => {
  expect([
    codebuildConsole.projects(place),
    ecrConsole.repositories(place),
    s3Console.buckets(place),
    statesConsole.stateMachines(place),
    eventsConsole.rules(place),
    codepipelineConsole.pipelines(place),
    codepipelineConsole.pipeline(place, 'p'),
    ecsConsole.cluster(place, 'c'),
    ecsConsole.service(place, 'c', 's'),
    ecsConsole.taskDefinition(place, 'web'),
  ]).toMatchInlineSnapshot(`
    [
      "https://ap-northeast-2.console.aws.amazon.com/codesuite/codebuild/projects?region=ap-northeast-2",
      "https://ap-northeast-2.console.aws.amazon.com/ecr/private-registry/repositories?region=ap-northeast-2",
      "https://ap-northeast-2.console.aws.amazon.com/s3/buckets?region=ap-northeast-2",
      "https://ap-northeast-2.console.aws.amazon.com/states/home?region=ap-northeast-2#/statemachines",
      "https://ap-northeast-2.console.aws.amazon.com/events/home?region=ap-northeast-2#/rules",
      "https://ap-northeast-2.console.aws.amazon.com/codesuite/codepipeline/pipelines?region=ap-northeast-2",
      "https://ap-northeast-2.console.aws.amazon.com/codesuite/codepipeline/pipelines/p/view?region=ap-northeast-2",
      "https://ap-northeast-2.console.aws.amazon.com/ecs/v2/clusters/c/services?region=ap-northeast-2",
      "https://ap-northeast-2.console.aws.amazon.com/ecs/v2/clusters/c/services/s/health?region=ap-northeast-2",
      "https://ap-northeast-2.console.aws.amazon.com/ecs/v2/task-definitions/web?region=ap-northeast-2",
    ]
  `);
});

it('knows the consoles of the other partitions', () => {
  expect(iamConsole.role({ account: '123456789012', region: 'cn-north-1', partition: 'aws-cn' }, 'r')).toBe(
    'https://console.amazonaws.cn/iam/home#/roles/details/r',
  );
});
