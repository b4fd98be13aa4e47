import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateTemplate } from '../authoring/template.ts';
import { actionsOf, openSession, roleTemplate } from '../aws/index.ts';
import { readOnlyPolicy } from '../aws/role/policy.ts';
import { newAccountId, type PracticeEndpoint } from '../practice/index.ts';
import { startPractice } from '../practice/server.ts';
import { playMove } from './core/play.ts';
import { roleNeedsOf } from './core/role-needs.ts';
import { runTask } from './core/run.ts';
import { labs } from './index.ts';

let endpoint: PracticeEndpoint;
beforeAll(async () => {
  endpoint = await startPractice();
});
afterAll(() => endpoint.close());

/** The limit of IAM for the inline policies of one role, in characters without white space. */
const MOST_CHARACTERS = 10_240;
/** As IAM counts them: after CloudFormation has put partition and account in. */
const charactersOf = (statements: ReturnType<typeof readOnlyPolicy>) =>
  JSON.stringify(statements).replaceAll('${AWS::Partition}', 'aws').replaceAll('${AWS::AccountId}', '123456789012').length;

describe.each(labs)('the role for $id', (lab) => {
  const needs = roleNeedsOf(lab);
  const statements = readOnlyPolicy([needs]);
  const granted = new Set(statements.flatMap(({ Effect, Action = [] }) => (Effect === 'Allow' ? Action : [])));
  // What IAM calls the calls that a reader makes.
  const actionsOfCall = (operation: string) =>
    needs.readers
      .filter(({ calls }) => (calls as readonly string[]).includes(operation))
      .flatMap((reader) => reader.actions ?? [operation]);

  it('covers every call of every practice move, and grants nothing that no call uses', { timeout: 120_000 }, async () => {
    const id = newAccountId(`role ${lab.id}`);
    const account = endpoint.account(id);
    // A session a look: one alone would be slowed down to what an account is asked at most.
    const open = () => openSession({ region: lab.region, endpoint: endpoint.url, credentials: endpoint.credentials(id), paced: false });
    const calls = new Set<string>();
    const note = () => {
      for (const { operation, region } of account.calls) if (!operation.startsWith('sts:')) calls.add(`${operation} ${region}`);
    };
    const looks = [
      { prepare: () => {}, tasks: lab.tasks },
      ...lab.moves.map((move) => ({
        prepare: () => void playMove(lab, move, account),
        tasks: move.task === 'cleanup' && move.kind === 'solve' ? lab.tasks : lab.tasks.filter((task) => task.id === move.task),
      })),
    ];
    for (const { prepare, tasks } of looks) {
      account.reset();
      prepare();
      const [session, memo] = [await open(), new Map()];
      for (const task of tasks) await runTask(task, session, { memo });
      note();
    }
    const operations = [...new Set([...calls].map((call) => call.split(' ')[0] ?? ''))];
    expect(operations.filter((operation) => !actionsOfCall(operation).every((action) => granted.has(action)))).toEqual([]);
    expect(operations.filter((operation) => actionsOfCall(operation).length === 0)).toEqual([]);
    const used = new Set(operations.flatMap(actionsOfCall));
    expect([...granted].filter((action) => !used.has(action))).toEqual([]);

    // Calls to other regions are of the readers that may look there, in the regions that the role names.
    const away = new Set(needs.elsewhere.readers.flatMap(({ calls: own }) => [...own] as string[]));
    const elsewhere = [...calls].map((call) => call.split(' ')).filter(([, region]) => region !== lab.region && region !== 'us-east-1');
    for (const [operation = '', region = ''] of elsewhere) {
      expect(away).toContain(operation);
      expect(needs.elsewhere.regions).toContain(region);
    }
    // And each of those regions is really looked in with each of them.
    for (const region of needs.elsewhere.regions) {
      const usedThere = new Set(operations.filter((operation) => calls.has(`${operation} ${region}`)).flatMap(actionsOfCall));
      expect(actionsOf(needs.elsewhere.readers).filter((action) => !usedThere.has(action))).toEqual([]);
    }
  });

  it('only reads', () => {
    expect([...granted].filter((action) => !/^[a-z0-9-]+:(Get|List|Describe|BatchGet|Lookup)[A-Z]/.test(action))).toEqual([]);
  });

  it('is a valid template, within the limits of IAM', () => {
    expect(charactersOf(statements)).toBeLessThan(MOST_CHARACTERS);
    expect(validateTemplate(roleTemplate([needs]))).toEqual([]);
  });
});

it('one role for all labs is within the limits of IAM', () => {
  expect(charactersOf(readOnlyPolicy(labs.map((lab) => roleNeedsOf(lab))))).toBeLessThan(MOST_CHARACTERS);
});
