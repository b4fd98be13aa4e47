import { expect, it } from 'vitest';
import { consoleLinks } from './console.ts';

const links = consoleLinks({ account: '123456789012', region: 'ap-northeast-2', partition: 'aws' });

it('leads to the right region and encodes names', () => {
  expect({
    stack: links.stack('arn:aws:cloudformation:ap-northeast-2:123456789012:stack/a/b'),
    stacks: links.stacks('a b'),
    repository: links.codeCommitRepository('a?b'),
    project: links.codeBuildProject('p'),
    build: links.codeBuildBuild('p', 'p:1-2'),
    ecr: links.ecrRepository('team/app'),
    role: links.role('r'),
    logGroup: links.logGroup('/aws/codebuild/p'),
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
    links.bucket('b'),
    links.object('b', 'images/a b.tar'),
    links.stateMachine('arn:aws:states:ap-northeast-2:123456789012:stateMachine:m'),
    links.execution('arn:aws:states:ap-northeast-2:123456789012:execution:m:1'),
    links.eventRule('r'),
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

it('knows the consoles of the other partitions', () => {
  expect(consoleLinks({ account: '123456789012', region: 'cn-north-1', partition: 'aws-cn' }).role('r')).toBe(
    'https://console.amazonaws.cn/iam/home#/roles/details/r',
  );
});
