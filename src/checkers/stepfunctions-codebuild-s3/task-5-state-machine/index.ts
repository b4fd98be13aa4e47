import { defineTask } from '../../engine/task.ts';
import type { TaskContext } from '../../engine/task-context.ts';
import { blocked, failed, notStarted, passed } from '../../engine/verdict.ts';
import { ACCESS_SAYS, accessOf, judgeAccess } from '../../kit/iam/role-access.ts';
import { jsonOf } from '../../kit/student/json-text.ts';
import { MACHINE, MACHINE_ROLE, OTHER_REGIONS } from '../names.ts';
import { changeMachine, createMachine, roleArn } from '../student.ts';
import { inVirginia } from '../titles.ts';
import { usesRole } from '../uses-role.ts';
import { definition } from './definition.ts';
import { type Fact, machineTitle, observe, ofMachine, on, reads } from './facts.ts';

const TRACE = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

function judgeTracing({ machine, policies }: Fact['traced'], context: TaskContext) {
  if (machine === undefined) return blocked('machine-exists');
  if (!machine.tracing) return passed();
  if (policies === undefined) return blocked('task-4');
  const access = accessOf(policies, TRACE, '*', context);
  const verdict = judgeAccess(MACHINE_ROLE, access, '*', context);
  if (verdict.status !== 'failed') return verdict;
  return failed(['tracingForbidden', { role: MACHINE_ROLE, actions: access.state === 'allowed' ? '-' : access.actions.join(', ') }]);
}

export default defineTask({
  id: 'task-5',
  title: { ko: '상태 머신 생성', ja: 'ステートマシンの作成', en: 'State machine' },
  needs: ['task-3', 'task-4'],
  reads,
  observe,
  solve: {
    id: 'create-machine',
    title: { ko: '상태 머신을 만듭니다', ja: 'ステートマシンを作成する', en: 'Make the state machine' },
    play: (account) => createMachine(account),
  },
  files: {
    'sfn-definition.json': {
      checks: definition.map(({ id }) => id),
      use(account, text) {
        jsonOf(text, 'sfn-definition.json');
        changeMachine(account, { definition: text });
      },
    },
  },
  expectations: [
    on.found({
      ...ofMachine,
      id: 'machine-exists',
      title: { ko: '상태 머신이 있습니다', ja: 'ステートマシンがある', en: 'The state machine exists' },
      step: 2,
      expected: MACHINE,
      judge({ machine, namedOtherwise }, { region }) {
        if (machine !== undefined) return passed();
        if (namedOtherwise !== undefined) return failed(['machineNamedOtherwise', { found: namedOtherwise, expected: MACHINE }]);
        return notStarted(['machineMissing', { machine: MACHINE, region }]);
      },
      observed: ({ machine, namedOtherwise }) => machine?.name ?? namedOtherwise ?? null,
      says: {
        machineMissing: {
          ko: '{region} 리전에 "{machine}" 상태 머신이 없습니다. 상태 머신을 만듭니다.',
          ja: '{region} リージョンにステートマシン "{machine}" がありません。作成してください。',
          en: 'There is no state machine "{machine}" in {region}. Make it.',
        },
        machineNamedOtherwise: {
          ko: '상태 머신 이름이 "{found}"입니다. "{expected}" 이름으로 다시 만듭니다.',
          ja: 'ステートマシンの名前が "{found}" です。"{expected}" という名前で作り直してください。',
          en: 'The state machine is called "{found}". Make it again with the name "{expected}".',
        },
      },
      elsewhere: { regions: OTHER_REGIONS, reads: ['machine'], find: async (aws) => (await aws.machine(MACHINE))?.arn },
      breaks: {
        'machine-in-virginia': inVirginia(
          { ko: '상태 머신을', ja: 'ステートマシン', en: 'state machine' },
          'foundElsewhere',
          (account, region) => createMachine(account, {}, region),
        ),
        'machine-other-name': {
          title: {
            ko: '상태 머신에 다른 이름을 붙입니다',
            ja: 'ステートマシンに別の名前を付ける',
            en: 'Give the state machine another name',
          },
          says: 'machineNamedOtherwise',
          instead: (account) => createMachine(account, { name: 'sf-codebuild-to-tar' }),
        },
      },
    }),
    on.found({
      ...ofMachine,
      id: 'machine-type',
      title: machineTitle('표준 워크플로입니다', '標準ワークフローである', 'is a standard workflow'),
      step: 2,
      after: 'machine-exists',
      expected: 'STANDARD',
      holds: ({ machine }) => machine?.type === 'STANDARD',
      otherwise: ({ machine }) => ['machineNotStandard', { type: machine?.type ?? '-' }],
      observed: ({ machine }) => machine?.type,
      says: {
        machineNotStandard: {
          ko: '상태 머신의 유형이 {type}입니다. .sync는 STANDARD에서만 동작하므로 삭제하고 다시 만듭니다.',
          ja: 'ステートマシンの種類が {type} です。.sync は STANDARD でしか使えないので、削除して作り直してください。',
          en: 'The type of the state machine is {type}. Only STANDARD knows .sync: delete it and make it again.',
        },
      },
      breaks: {
        'machine-express': {
          title: { ko: 'EXPRESS 유형으로 만듭니다', ja: 'EXPRESS で作る', en: 'Make it of the type EXPRESS' },
          says: 'machineNotStandard',
          instead: (account) => createMachine(account, { type: 'EXPRESS' }),
        },
      },
    }),
    on.found({
      ...ofMachine,
      ...usesRole<Fact['found']>(MACHINE, MACHINE_ROLE, ({ machine }) => machine?.role),
      id: 'machine-role',
      title: machineTitle('실습의 역할을 사용합니다', '演習のロールを使う', 'uses the role of the lab'),
      step: 2,
      after: 'machine-exists',
      breaks: {
        'machine-role-other': {
          title: {
            ko: '상태 머신에 다른 역할을 지정합니다',
            ja: 'ステートマシンに別のロールを指定する',
            en: 'Give the state machine another role',
          },
          says: 'roleOther',
          play: (account) => changeMachine(account, { roleArn: roleArn(account, 'StepFunctions-sf-codebuild-role') }),
        },
      },
    }),
    ...definition,
    on.traced({
      ...ofMachine,
      id: 'tracing',
      title: {
        ko: 'X-Ray 추적이 꺼져 있거나 권한이 있습니다',
        ja: 'X-Ray のトレースがオフか、権限がある',
        en: 'X-Ray tracing is off, or permitted',
      },
      step: 2,
      after: 'machine-role',
      judge: judgeTracing,
      observed: ({ machine }) => machine && { tracing: machine.tracing },
      says: {
        actionsUndecided: ACCESS_SAYS.actionsUndecided,
        tracingForbidden: {
          ko: 'X-Ray 추적이 켜져 있지만 "{role}" 역할에 다음 권한이 없습니다: {actions}. 추적을 끄거나 권한을 더합니다.',
          ja: 'X-Ray のトレースがオンですが、ロール "{role}" に次の権限がありません: {actions}。オフにするか、権限を追加してください。',
          en: 'X-Ray tracing is on, but the role "{role}" may not: {actions}. Turn it off, or add the permissions.',
        },
      },
      breaks: {
        'tracing-without-permission': {
          title: {
            ko: '권한 없이 X-Ray 추적을 켭니다',
            ja: '権限なしで X-Ray のトレースをオンにする',
            en: 'Turn X-Ray tracing on without permission',
          },
          says: 'tracingForbidden',
          play: (account) => changeMachine(account, { tracing: true }),
        },
      },
    }),
  ],
});
