import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateTemplate } from '../authoring/template/template.ts';
import { actionsOf, scopesOf } from '../aws/bind.ts';
import type { AnyCommand, Caller, Question, Service } from '../aws/reader.ts';
import { charactersOf, MOST_INLINE, MOST_MANAGED, packPolicies } from '../aws/role/pack.ts';
import { readOnlyPolicy } from '../aws/role/policy.ts';
import { roleTemplate } from '../aws/role/template.ts';
import { type AccountSession, openSession } from '../aws/session.ts';
import { newAccountId } from '../practice/account-id.ts';
import { type PracticeEndpoint, startPractice } from '../practice/server.ts';
import { matches as matchesWildcards } from '../wildcards/wildcards.ts';
import { playMove } from './engine/play.ts';
import { roleNeedsOf } from './engine/role-needs.ts';
import { runTask } from './engine/run.ts';
import { labs } from './index.ts';

let endpoint: PracticeEndpoint;
beforeAll(async () => {
  endpoint = await startPractice();
});
afterAll(() => endpoint.close());

/** The names of resources that a command asks about; an empty one for a list of all. */
function namesIn(operation: string, input: Readonly<Record<string, unknown>>): readonly string[] {
  const bare = (text: unknown) => String(text).replace(/^arn:[^/]*[:/]/, '');
  switch (operation.split(':')[0]) {
    case 'codebuild':
      return [input['projectName'] ?? input['names'] ?? input['ids'] ?? []].flat().map((name) => String(name).split(':')[0] ?? '');
    case 'codecommit':
      return [bare(input['repositoryName'])];
    case 'codepipeline':
      return [input['name'] ?? input['pipelineName'] ?? []].flat().map(bare);
    case 'ecr':
      return [input['repositoryName'] ?? input['repositoryNames'] ?? ''].flat().map(bare);
    case 'ecs':
      return [input['cluster'] ?? input['clusters'] ?? []].flat().map(bare);
    case 'events':
      return [input['Rule'] ?? input['Name'] ?? []].flat().map(bare);
    case 'iam':
      return [input['RoleName'] ?? []].flat().map(bare);
    case 'logs':
      return [input['logGroupName'] ?? []].flat().map(String);
    case 's3':
      return [input['Bucket'] ?? []].flat().map(bare);
    case 'states':
      return [input['stateMachineArn'] ?? input['executionArn'] ?? []].flat().map((arn) => String(arn).split(':')[6] ?? '');
    default:
      return [];
  }
}

/** The same session, which notes `<operation> <name>` of everything that is asked by name. */
function noting(session: AccountSession, asked: Set<string>): AccountSession {
  return {
    ...session,
    inRegion: (region) => noting(session.inRegion(region), asked),
    caller(options) {
      const caller = session.caller(options);
      const send: Caller['send'] = (service: Service, command: AnyCommand, question: Question<unknown>) => {
        const operation = [...options.allowed].find((one) => one.endsWith(`:${command.schema?.[2]}`)) ?? '';
        for (const name of namesIn(operation, command.input as Record<string, unknown>)) asked.add(`${operation} ${name}`);
        return caller.send(service, command, question) as Promise<never>;
      };
      return { ...caller, send };
    },
  };
}

describe.each(labs)('the role for $id', (lab) => {
  const needs = roleNeedsOf(lab);
  const statements = readOnlyPolicy([needs]);
  const kindOf = (action: string) => scopesOf(needs.readers)[action]?.kind;
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
    const asked = new Set<string>();
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
      const [session, memo] = [noting(await open(), asked), new Map()];
      for (const task of tasks) await runTask(task, session, { memo });
      note();
    }
    const operations = [...new Set([...calls].map((call) => call.split(' ')[0] ?? ''))];
    expect(operations.filter((operation) => !actionsOfCall(operation).every((action) => granted.has(action)))).toEqual([]);
    expect(operations.filter((operation) => actionsOfCall(operation).length === 0)).toEqual([]);
    const used = new Set(operations.flatMap(actionsOfCall));
    expect([...granted].filter((action) => !used.has(action))).toEqual([]);

    // Names that are not the lab's are asked for with those actions only that may look at others, and each of these is.
    const namesOf = (kind: string | undefined) => needs.resources.filter((resource) => resource.kind === kind);
    const strange = [...asked].flatMap((call) => {
      const [operation = '', name = ''] = call.split(' ');
      return actionsOfCall(operation).flatMap((action) => {
        const known = namesOf(kindOf(action)).filter(({ without = [] }) => !without.includes(action));
        const isKnown = known.some((one) => matchesWildcards(one.scope ?? one.name, name));
        return known.length === 0 || isKnown ? [] : [action];
      });
    });
    const others = needs.resources.flatMap(({ kind, others: all = [] }) => all.filter((action) => kindOf(action) === kind));
    expect([...new Set(strange)].sort()).toEqual([...new Set(others)].sort());

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
    expect(packPolicies(statements).managed).toEqual([]);
    expect(validateTemplate(roleTemplate([needs]))).toEqual([]);
  });
});

it('one role for all labs is a valid template', () => {
  expect(validateTemplate(roleTemplate(labs.map((lab) => roleNeedsOf(lab))))).toEqual([]);
});

it('one role for three times as many labs is a valid template of several policies', () => {
  const again = (suffix: string) =>
    labs.map((lab) => {
      const needs = roleNeedsOf(lab);
      return { ...needs, what: `${lab.id}${suffix}`, resources: needs.resources.map((one) => ({ ...one, name: `${one.name}${suffix}` })) };
    });
  const needs = ['', '-again', '-once-more'].flatMap(again);
  const statements = readOnlyPolicy(needs);
  const { inline, managed } = packPolicies(statements);
  expect(managed.length).toBeGreaterThan(1);
  expect([...managed.flat(), ...inline]).toEqual(statements);
  expect(charactersOf(inline)).toBeLessThanOrEqual(MOST_INLINE);
  expect(managed.filter((policy) => charactersOf(policy) > MOST_MANAGED)).toEqual([]);
  const template = roleTemplate(needs);
  expect(validateTemplate(template)).toEqual([]);
  expect(template.match(/- !Ref ReadOnlyPolicy\d/g)).toHaveLength(managed.length);
});
