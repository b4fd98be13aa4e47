import type { TaskContext } from '../engine/task-context.ts';
import { says } from '../engine/texts.ts';
import { roleArnOf } from './names.ts';

const SAYS = says({
  roleOther: {
    ko: '"{what}"이(가) 사용하는 역할이 "{found}"입니다. 실습의 역할로 바꿉니다: {expected}',
    ja: '"{what}" はロール "{found}" を使っています。演習のロールにしてください: {expected}',
    en: '"{what}" uses the role "{found}". Give it the role of the lab: {expected}',
  },
});

/** What the checks of who uses which role have in common. @param what uses it, by its name @param used the ARN of the role that it uses */
export const usesRole = <Fact>(what: string, role: string, used: (fact: Fact) => string | undefined) =>
  ({
    expected: (_fact: Fact, context: TaskContext) => roleArnOf(context, role),
    holds: (fact: Fact, context: TaskContext) => used(fact) === roleArnOf(context, role),
    otherwise: (fact: Fact, context: TaskContext) =>
      ['roleOther', { what, found: used(fact) ?? '-', expected: roleArnOf(context, role) }] as const,
    observed: (fact: Fact) => used(fact) ?? null,
    says: SAYS,
  }) as const;
