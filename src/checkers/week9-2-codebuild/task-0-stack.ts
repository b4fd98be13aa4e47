import type { Bound } from '../../aws/reader.ts';
import type { Stack } from '../../aws/services/cloudformation.ts';
import { expectationsOn } from '../engine/expectation.ts';
import { defineTask } from '../engine/task.ts';
import { failed, passed } from '../engine/verdict.ts';
import { pastStackReads } from '../kit/cloudformation/past-stack.ts';
import { ofStack, stackChecks, valuesOf } from '../kit/cloudformation/stack-checks.ts';
import { stackCreation, stackCreationReads } from '../kit/cloudformation/stack-creation.ts';
import { outputChecks } from '../kit/cloudformation/stack-outputs.ts';
import { OTHER_REGIONS, OUTPUTS, REGION, STACK, TAGS } from './names.ts';
import { createStack, place, RESOURCES } from './student.ts';

const wrongTags = (stack: Stack | undefined) => Object.entries(TAGS).filter(([key, value]) => stack?.tags[key] !== value);

const reads = { ...stackCreationReads, ...pastStackReads } as const;

function observe(aws: Bound<typeof reads>) {
  const stack = aws.stack(STACK);
  const creation = stackCreation(aws, STACK, stack);
  return { stack, creation };
}

const on = expectationsOn<typeof observe>();
const lab = { name: STACK, region: REGION } as const;
const stack = stackChecks({ ...lab, otherRegions: OTHER_REGIONS, resources: RESOURCES, tags: TAGS, create: createStack });
const outputs = outputChecks({ ...lab, step: 20, fromPast: stack.fromPast });
const [IMAGE_REPOSITORY, SOURCE_REPOSITORY, ROLE] = OUTPUTS;

export default defineTask({
  id: 'task-0',
  title: { ko: '실습 환경 구축', ja: '演習環境の構築', en: 'Set up the lab environment' },
  reads,
  observe,
  solve: {
    id: 'create-stack',
    title: { ko: '스택을 생성합니다', ja: 'スタックを作成する', en: 'Create the stack' },
    play: (account) => createStack(account),
  },
  expectations: [
    on.stack(stack.created(17)),
    on.creation(stack.complete(19)),
    on.creation(
      outputs.imageRepository(IMAGE_REPOSITORY, {
        check: 'output-image-repository',
        removed: 'ecr-output-removed',
        elsewhere: 'ecr-of-another-account',
      }),
    ),
    on.creation(outputs.sourceRepository(SOURCE_REPOSITORY, { removed: 'repository-output-removed' })),
    on.creation(outputs.role(ROLE, { removed: 'role-output-removed', elsewhere: 'role-of-another-account' })),
    on.creation({
      ...ofStack,
      id: 'stack-tags',
      title: { ko: '스택에 태그 세 개가 있습니다', ja: 'スタックに 3 つのタグがある', en: 'The stack has its three tags' },
      step: 13,
      after: 'stack-created',
      expected: TAGS,
      judge({ stack: found }) {
        const wrong = wrongTags(found);
        if (wrong.length === 0) return passed();
        return failed(['tagsWrong', { stack: STACK, tags: wrong.map(([key, value]) => `${key}=${value}`).join(', ') }]);
      },
      observed: ({ stack: found }) => found?.tags,
      past: stack.fromPast((past) => (wrongTags(past.stack).length === 0 ? past.stack.tags : undefined)),
      says: {
        tagsWrong: {
          ko: '"{stack}" 스택에 없거나 값이 다른 태그가 있습니다: {tags}. 스택을 업데이트하면서 태그를 추가합니다.',
          ja: 'スタック "{stack}" に、ないタグまたは値の違うタグがあります: {tags}。スタックを更新してタグを追加してください。',
          en: 'Tags of the stack "{stack}" are missing or have another value: {tags}. Add them by updating the stack.',
        },
      },
      breaks: {
        'tags-forgotten': {
          title: { ko: '스택에 태그를 붙이지 않습니다', ja: 'スタックにタグを付けない', en: 'Leave out the tags of the stack' },
          says: 'tagsWrong',
          play: (account) => place(account).cloudformation.updateStack(STACK, { tags: { Project: TAGS.Project } }),
        },
      },
    }),
  ],
  publishes: { stack: (found, context) => valuesOf(found, OUTPUTS, context) },
});
