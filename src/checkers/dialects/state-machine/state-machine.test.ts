import { describe, expect, it } from 'vitest';
import { environmentOverrides, inputValue } from './input.ts';
import { type ReadStateMachine, readStateMachine } from './read.ts';
import { attemptsAfter, judgeRetry } from './retry.ts';

const SYNC = 'arn:aws:states:::codebuild:startBuild.sync';
const build = { Type: 'Task', Resource: SYNC, Parameters: { ProjectName: 'p' } };
const machine = (States: object, StartAt = Object.keys(States)[0]) => ({ StartAt, States });

function read(definition: unknown): ReadStateMachine {
  const result = readStateMachine(definition);
  if (result.state === 'unparsable') throw new Error(result.problem);
  return result;
}
const jobs = (definition: unknown) =>
  read(definition)
    .states.filter(({ call }) => call?.service === 'codebuild' && call.action === 'startBuild' && call.waitsFor === 'job')
    .map(({ name, within, reachable }) => [[...within, name].join('/'), reachable]);

describe('finding a task', () => {
  it.each<[string, object]>([
    ['alone', machine({ Build: { ...build, End: true } })],
    ['after others', machine({ Prepare: { Type: 'Pass', Next: 'Build' }, Build: { ...build, Next: 'Done' }, Done: { Type: 'Succeed' } })],
    [
      'behind a choice',
      machine({ Ask: { Type: 'Choice', Choices: [{ Variable: '$.x', IsPresent: true, Next: 'Build' }] }, Build: { ...build, End: true } }),
    ],
    ['as the default of a choice', machine({ Ask: { Type: 'Choice', Choices: [], Default: 'Build' }, Build: { ...build, End: true } })],
    [
      'behind a catch',
      machine({
        Try: {
          Type: 'Task',
          Resource: 'arn:aws:lambda:r:1:function:f',
          End: true,
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Build' }],
        },
        Build: { ...build, End: true },
      }),
    ],
  ])('%s', (_, definition) => {
    expect(jobs(definition)).toEqual([['Build', true]]);
    expect(read(definition).canSucceed).toBe(true);
  });

  it('in a branch, in a processor, and in one within the other', () => {
    const inner = machine({ Build: { ...build, End: true } });
    const map = { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...inner }, End: true };
    expect(
      jobs(machine({ Both: { Type: 'Parallel', Branches: [machine({ Rest: { Type: 'Pass', End: true } }), inner], End: true } })),
    ).toEqual([['Both/Build', true]]);
    expect(jobs(machine({ Each: map }))).toEqual([['Each/Build', true]]);
    expect(jobs(machine({ Each: { Type: 'Map', Iterator: inner, End: true } }))).toEqual([['Each/Build', true]]);
    expect(jobs(machine({ Both: { Type: 'Parallel', Branches: [machine({ Each: map })], End: true } }))).toEqual([
      ['Both/Each/Build', true],
    ]);
  });

  it('where nothing leads to it', () => {
    const stray = machine({ Start: { Type: 'Pass', End: true }, Build: { ...build, End: true } });
    expect(jobs(stray)).toEqual([['Build', false]]);
    const within = machine({
      Start: { Type: 'Pass', End: true },
      Both: { Type: 'Parallel', Branches: [machine({ Build: { ...build, End: true } })], End: true },
    });
    expect(jobs(within)).toEqual([['Both/Build', false]]);
  });

  it('tells a job that is waited for from a call, a callback and another service', () => {
    const call = (Resource: unknown) => read(machine({ Task: { Type: 'Task', Resource, End: true } })).states[0]?.call;
    expect(call(SYNC)).toEqual({ resource: SYNC, service: 'codebuild', action: 'startBuild', waitsFor: 'job' });
    expect(call('arn:aws-cn:states:::states:startExecution.sync:2')).toMatchObject({ service: 'states', waitsFor: 'job' });
    expect(call('arn:aws:states:::codebuild:startBuild')).toMatchObject({ action: 'startBuild', waitsFor: 'answer' });
    expect(call('arn:aws:states:::aws-sdk:codebuild:startBuild')).toMatchObject({ service: 'codebuild', waitsFor: 'answer' });
    expect(call('arn:aws:states:::sqs:sendMessage.waitForTaskToken')).toMatchObject({ service: 'sqs', waitsFor: 'token' });
    expect(call('arn:aws:states:ap-northeast-1:123456789012:activity:x')).toEqual({
      resource: 'arn:aws:states:ap-northeast-1:123456789012:activity:x',
      waitsFor: 'answer',
    });
    expect(call('arn:aws:lambda:ap-northeast-1:123456789012:function:f')).not.toHaveProperty('service');
    expect(call(1)).toBeUndefined();
  });
});

describe('a good end', () => {
  it.each<[string, object, boolean]>([
    ['End', { Build: { ...build, End: true } }, true],
    ['Succeed', { Build: { ...build, Next: 'Done' }, Done: { Type: 'Succeed' } }, true],
    ['only Fail', { Build: { ...build, Next: 'No' }, No: { Type: 'Fail' } }, false],
    ['a loop', { Build: { ...build, Next: 'Wait' }, Wait: { Type: 'Wait', Seconds: 1, Next: 'Build' } }, false],
    ['an end nothing leads to', { Build: { ...build, Next: 'Build' }, Done: { Type: 'Succeed' } }, false],
    ['a name that does not exist', { Build: { ...build, Next: 'Gone' } }, false],
    ['a name of the language', { Build: { ...build, Next: 'constructor' } }, false],
  ])('%s: %s', (_, states, expected) => {
    expect(read(machine(states)).canSucceed).toBe(expected);
  });

  it('is not that of a branch', () => {
    const branch = machine({ Build: { ...build, End: true } });
    expect(read(machine({ Both: { Type: 'Parallel', Branches: [branch], Next: 'No' }, No: { Type: 'Fail' } })).canSucceed).toBe(false);
  });
});

describe('what is no definition', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['text that is no JSON', '{ "StartAt": '],
    ['no states', { StartAt: 'Build' }],
    ['no start', { States: { Build: build } }],
    ['a state that is text', machine({ Build: 'Task' })],
    ['too many states', machine(Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`s${index}`, build])))],
    ['too much text', ' '.repeat(1024 * 1024 + 1)],
  ])('%s', (_, definition) => {
    expect(readStateMachine(definition)).toMatchObject({ state: 'unparsable', problem: expect.stringMatching(/^The /) });
  });

  it('is nested without end', () => {
    let deep: object = machine({ s: { Type: 'Pass', End: true } });
    for (let depth = 0; depth < 2_000; depth++) deep = machine({ s: { Type: 'Parallel', Branches: [deep], End: true } });
    expect(readStateMachine(deep)).toMatchObject({ state: 'unparsable' });
  });

  it('is not what is merely odd', () => {
    expect(read(JSON.stringify(machine({ Odd: { Retry: 'often', Choices: 3, Catch: [1], Branches: {}, Parameters: [] } }))).states).toEqual(
      [{ name: 'Odd', type: '', within: [], reachable: true, call: undefined, input: {}, retry: [] }],
    );
  });

  it('is not a choice with very many ways', () => {
    const choices = Array.from({ length: 300_000 }, () => ({ Next: 'Build' }));
    expect(jobs(machine({ Ask: { Type: 'Choice', Choices: choices }, Build: { ...build, End: true } }))).toEqual([['Build', true]]);
  });
});

describe('retrying', () => {
  const retry = (...retriers: { ErrorEquals: unknown; MaxAttempts?: number }[]) => {
    const [state] = read(machine({ Build: { ...build, Retry: retriers, End: true } })).states;
    if (state === undefined) throw new Error('no state');
    return state;
  };

  it.each<[string, Parameters<typeof retry>, { repeatsFailures: string[]; retriesTransient: string[]; retriesOther: string[] }]>([
    ['nothing', [], { repeatsFailures: [], retriesTransient: [], retriesOther: [] }],
    [
      'throttling only',
      [{ ErrorEquals: ['CodeBuild.ThrottlingException', 'CodeBuild.AccountLimitExceededException'] }],
      {
        repeatsFailures: [],
        retriesTransient: ['CodeBuild.ThrottlingException', 'CodeBuild.AccountLimitExceededException'],
        retriesOther: [],
      },
    ],
    [
      "the service's general error",
      [
        {
          ErrorEquals: ['CodeBuild.AWSCodeBuildException', 'CodeBuild.CodeBuildException', 'CodeBuild.SdkClientException'],
          MaxAttempts: 5,
        },
      ],
      {
        repeatsFailures: [],
        retriesTransient: ['CodeBuild.AWSCodeBuildException', 'CodeBuild.CodeBuildException', 'CodeBuild.SdkClientException'],
        retriesOther: [],
      },
    ],
    [
      'everything',
      [{ ErrorEquals: ['States.ALL'] }],
      { repeatsFailures: ['States.TaskFailed', 'States.Timeout'], retriesTransient: [], retriesOther: [] },
    ],
    [
      'failed builds among others',
      [{ ErrorEquals: ['CodeBuild.AWSCodeBuildException', 'States.TaskFailed', 'States.Timeout', 'ThrottlingException'] }],
      {
        repeatsFailures: ['States.TaskFailed', 'States.Timeout'],
        retriesTransient: ['CodeBuild.AWSCodeBuildException', 'ThrottlingException'],
        retriesOther: [],
      },
    ],
    [
      'never, in so many words',
      [{ ErrorEquals: ['States.ALL'], MaxAttempts: 0 }],
      { repeatsFailures: [], retriesTransient: [], retriesOther: [] },
    ],
    [
      'throttling first, failures never',
      [{ ErrorEquals: ['CodeBuild.ThrottlingException'] }, { ErrorEquals: ['States.ALL'], MaxAttempts: 0 }],
      { repeatsFailures: [], retriesTransient: ['CodeBuild.ThrottlingException'], retriesOther: [] },
    ],
    [
      'failures never, which hides the throttling behind it',
      [{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 0 }, { ErrorEquals: ['CodeBuild.ThrottlingException'] }],
      { repeatsFailures: [], retriesTransient: [], retriesOther: [] },
    ],
    [
      'a mistake that stays one',
      [{ ErrorEquals: ['CodeBuild.InvalidInputException', 'CodeBuild.ResourceNotFoundException'] }],
      {
        repeatsFailures: [],
        retriesTransient: [],
        retriesOther: ['CodeBuild.InvalidInputException', 'CodeBuild.ResourceNotFoundException'],
      },
    ],
    ['a list that is none', [{ ErrorEquals: 'States.ALL' }], { repeatsFailures: [], retriesTransient: [], retriesOther: [] }],
  ])('%s', (_, retriers, expected) => {
    expect(judgeRetry(retry(...retriers))).toEqual(expected);
  });

  it('counts three attempts where nothing is said', () => {
    expect(attemptsAfter(retry({ ErrorEquals: ['A'] }), 'A')).toBe(3);
    expect(attemptsAfter(retry({ ErrorEquals: ['A'], MaxAttempts: 7 }, { ErrorEquals: ['A'], MaxAttempts: 1 }), 'A')).toBe(7);
  });

  it('never retries what cannot be retried', () => {
    expect(attemptsAfter(retry({ ErrorEquals: ['States.ALL'] }), 'States.Runtime')).toBe(0);
    expect(attemptsAfter(retry({ ErrorEquals: ['States.TaskFailed'] }), 'States.Timeout')).toBe(0);
  });
});

describe('the input of a task', () => {
  it('is written, or taken from the execution', () => {
    expect(inputValue({ ProjectName: 'p' }, 'ProjectName')).toEqual({ from: 'definition', value: 'p' });
    expect(inputValue({ 'ProjectName.$': '$.project' }, 'ProjectName')).toEqual({ from: 'execution', expression: '$.project' });
    expect(inputValue({ ProjectName: '{% $states.input.project %}' }, 'ProjectName')).toEqual({
      from: 'execution',
      expression: '$states.input.project',
    });
    expect(inputValue({}, 'ProjectName')).toBeUndefined();
    expect(inputValue({}, 'constructor')).toBeUndefined();
  });

  it('holds the variables for the build', () => {
    const [state] = read(
      machine({
        Build: {
          ...build,
          QueryLanguage: 'JSONata',
          Arguments: {
            EnvironmentVariablesOverride: [
              { Name: 'ARTIFACT_BUCKET', Type: 'PLAINTEXT', Value: '{% $states.input.artifactBucket %}' },
              { Name: 'ARTIFACT_KEY', 'Value.$': '$.artifactKey' },
              { Name: 'FIXED', Type: 'PARAMETER_STORE', Value: '/x' },
              { Value: 'nameless' },
              'text',
            ],
          },
          End: true,
        },
      }),
    ).states;
    expect(environmentOverrides(state?.input ?? {})).toEqual([
      { name: 'ARTIFACT_BUCKET', type: 'PLAINTEXT', value: { from: 'execution', expression: '$states.input.artifactBucket' } },
      { name: 'ARTIFACT_KEY', type: 'PLAINTEXT', value: { from: 'execution', expression: '$.artifactKey' } },
      { name: 'FIXED', type: 'PARAMETER_STORE', value: { from: 'definition', value: '/x' } },
    ]);
  });

  it('may hold none, or not tell', () => {
    expect(environmentOverrides({})).toEqual([]);
    expect(environmentOverrides({ 'EnvironmentVariablesOverride.$': '$.variables' })).toBeUndefined();
    expect(environmentOverrides({ EnvironmentVariablesOverride: 'x' })).toBeUndefined();
  });
});
