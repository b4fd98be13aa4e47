import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession } from '../src/aws/session.ts';
import { playMove } from '../src/checkers/engine/play.ts';
import { renderCheck, renderTask } from '../src/checkers/engine/render.ts';
import { runTask } from '../src/checkers/engine/run.ts';
import { labs } from '../src/checkers/index.ts';
import { accountResult } from '../src/grading/account-result.ts';
import { gradeAccount } from '../src/grading/grade-account.ts';
import { LANGUAGES } from '../src/i18n/languages.ts';
import { newAccountId } from '../src/practice/account-id.ts';
import { type PracticeEndpoint, startPractice } from '../src/practice/server.ts';
import type { Fault, Protocol } from './faults/kinds.ts';
import { type FaultProxy, startFaultProxy } from './faults/proxy.ts';

let endpoint: PracticeEndpoint;
let proxy: FaultProxy;
beforeAll(async () => {
  endpoint = await startPractice();
  proxy = await startFaultProxy(endpoint.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await endpoint.close();
});

/** What must never be seen again, and how it is planted. */
const SECRETS = {
  AKIAQ7Z3XW5VUT2SRP4M: 'AKIAQ7Z3XW5VUT2SRP4M',
  wJa1rXUtnFEMIxK7MDENGxbPxRfiCYzzzzzzzKEY: 'wJa1rXUtnFEMIxK7MDENGxbPxRfiCYzzzzzzzKEY',
  plantedsession: `IQoJb3JpZ2luX2VjE${'plantedsession'.repeat(3)}==`,
  plantedkeyline: '-----BEGIN RSA PRIVATE KEY-----plantedkeyline-----END RSA PRIVATE KEY-----',
  ghp_planted0planted0planted0: 'ghp_planted0planted0planted0',
  plantedpassword: 'DB_PASSWORD=plantedpassword',
} as const;
const PLANT = Object.values(SECRETS).join(' ');

function expectClean(value: unknown): void {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  for (const secret of Object.keys(SECRETS)) expect(text).not.toContain(secret);
}

/** Plants the secrets at the end of every string of an answer whose member has this name; `*`: of every string. */
const planted = (member: string): Fault => ({
  name: `secrets in ${member}`,
  reasons: [],
  mishap: () => ({ kind: 'rewrite', rewrite: (answer, protocol) => plant(answer, protocol, member) }),
});

function plant(answer: string, protocol: Protocol, member: string): string {
  if (protocol !== 'json') {
    return answer.replace(/<(\w+)>([^<]+)<\//g, (all, name: string, text: string) =>
      member === '*' || name === member ? `<${name}>${text} ${PLANT}</` : all,
    );
  }
  const walk = (part: unknown, name: string): unknown => {
    if (typeof part === 'string') return member === '*' || name === member ? `${part} ${PLANT}` : part;
    if (Array.isArray(part)) return part.map((one) => walk(one, name));
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, walk(one, key)]));
  };
  return JSON.stringify(walk(JSON.parse(answer), ''));
}

const MEMBERS = [
  ...[
    '*',
    'OutputValue',
    'Value',
    'ParameterValue',
    'StackStatusReason',
    'ResourceStatusReason',
    'StackId',
    'AssumeRolePolicyDocument',
    'Arn',
  ],
  ...['value', 'location', 'buildspec', 'sourceVersion', 'serviceRole', 'image', 'message', 'statusCode', 'deepLink', 'groupName', 'arn'],
  ...[
    'defaultBranch',
    'absolutePath',
    'imageTags',
    'imageDigest',
    'repositoryUri',
    'logGroupName',
    'projects',
    'ids',
    'branches',
    'description',
  ],
];

describe.each(labs)('secrets in the account of a student of $id', (lab) => {
  it('are in no result, in no language, wherever they are planted', { timeout: 240_000 }, async () => {
    for (const move of lab.moves) {
      const task = lab.tasks.find(({ id }) => id === move.task) ?? expect.fail('no task');
      const id = newAccountId(`secrets ${lab.id} ${move.id}`);
      playMove(lab, move, endpoint.account(id));
      const session = await openSession({
        region: lab.region,
        endpoint: proxy.url,
        credentials: endpoint.credentials(id),
        timeouts: { attemptMs: 30_000, backoffMs: 1 },
        paced: false,
      });
      const members = move.kind === 'solve' ? MEMBERS : ['*', 'value', 'message'];
      for (const member of members) {
        proxy.arm(id, '*', planted(member));
        const outcome = await runTask(task, session);
        expect(proxy.met(id)).toBeGreaterThan(0);
        for (const language of LANGUAGES) {
          expectClean(renderTask(lab, outcome, language));
          for (const check of outcome.checks) expectClean(renderCheck(check, language));
        }
      }
    }
  });

  it('are in no journal line of the grade', async () => {
    const id = newAccountId(`secrets ${lab.id} grade`);
    const move = lab.moves.findLast((one) => one.kind === 'solve' && one.task !== 'cleanup') ?? lab.moves[0] ?? expect.fail('no move');
    playMove(lab, move, endpoint.account(id));
    const entry = { student: 's', account: id, region: lab.region, roleArn: `arn:aws:iam::${id}:role/x` };
    const open = async () => {
      const session = await openSession({ region: lab.region, endpoint: proxy.url, credentials: endpoint.credentials(id), paced: false });
      proxy.arm(id, '*', planted('value'));
      return session;
    };
    const result = await gradeAccount(entry, { lab, tasks: lab.tasks, language: 'en', open, deadlineMs: 60_000 });
    expect(result.tasks).toHaveLength(lab.tasks.length);
    expectClean(result);
  });
});

describe('secrets in what AWS refuses with', () => {
  const refusing = (status: number): Fault => ({
    name: 'secrets in an error',
    reasons: [],
    mishap: (protocol) => ({
      kind: 'instead',
      answer:
        protocol === 'json'
          ? { status, type: 'application/x-amz-json-1.1', body: JSON.stringify({ __type: 'SomethingNewException', message: PLANT }) }
          : {
              status,
              type: 'text/xml',
              body: `<ErrorResponse><Error><Code>SomethingNew</Code><Message>${PLANT}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
            },
    }),
  });

  it.each([400, 403, 500])('are in no error, no stack trace and no report, with HTTP %i', async (status) => {
    const id = newAccountId(`secrets refused ${status}`);
    endpoint.account(id);
    const open = () =>
      openSession({
        region: 'ap-northeast-2',
        endpoint: proxy.url,
        credentials: endpoint.credentials(id),
        timeouts: { attemptMs: 30_000, backoffMs: 1 },
        paced: false,
      });
    proxy.arm(id, '*', refusing(status));
    const trouble: unknown = await open().catch((error: unknown) => error);
    expect(trouble).toBeInstanceOf(Error);
    for (const text of [(trouble as Error).message, (trouble as Error).stack, inspect(trouble, { depth: 10 })]) expectClean(text ?? '');

    proxy.arm(id, '*', undefined);
    const session = await open();
    proxy.arm(id, '*', refusing(status));
    for (const lab of labs) {
      const tasks = await Promise.all(lab.tasks.map(async (task) => renderTask(lab, await runTask(task, session), 'en')));
      expect(tasks.every(({ status: seen }) => seen === 'unknown')).toBe(true);
      const entry = { student: 's', account: id, region: lab.region, roleArn: 'arn:aws:iam::1:role/x' };
      expectClean(accountResult(entry, lab.id, tasks, undefined));
    }
  });
});
