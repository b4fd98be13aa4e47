/**
 * What one task check costs: time against its longest chain of dependent calls, calls against the fewest that could do;
 * and what all tasks of a lab cost in one run, as a grade makes it. Both are ratios
 * within one run against the practice endpoint, which runs in another process and answers each call after a fixed latency.
 */
import Table from 'cli-table3';
import { type AccountSession, openSession } from '../src/aws/session.ts';
import type { Lab } from '../src/checkers/engine/lab.ts';
import type { Move } from '../src/checkers/engine/move.ts';
import type { Status } from '../src/checkers/engine/result.ts';
import { runTask } from '../src/checkers/engine/run.ts';
import { labs } from '../src/checkers/index.ts';
import { median } from './median.ts';
import { startPracticeProcess } from './practice-process.ts';

const LATENCY_MS = 50;
const ROUNDS = 9;
const WARM_UPS = 15;

interface Fewest {
  readonly calls: number;
  readonly chain: number;
  readonly why: string;
}

/**
 * The fewest calls that can prove a solved task, and the longest chain among them in which each needs the answer before it.
 * Counted by hand from what AWS's operations answer; a task that is not listed here ends the run.
 */
const FEWEST: Readonly<Record<string, Fewest>> = {
  'week9-2-codebuild/task-0': { calls: 1, chain: 1, why: 'the stack' },
  'week9-2-codebuild/task-1': { calls: 5, chain: 2, why: 'the stack names the repository; then its default branch and three files' },
  'week9-2-codebuild/task-2': { calls: 2, chain: 2, why: 'the stack names the repository, then one file' },
  'week9-2-codebuild/task-3': {
    calls: 3,
    chain: 2,
    why: 'the project; the stack names the repository, whose default branch must be built',
  },
  'week9-2-codebuild/task-4': { calls: 4, chain: 2, why: 'the stack, then the images; the list of builds, then the builds' },
  'week9-2-codebuild/cleanup': {
    calls: 8,
    chain: 2,
    why: 'eight things that must be gone or prove the past; the deleted stack names them',
  },
  'sbcntr-backend-build/task-0': { calls: 4, chain: 2, why: 'the stack names the repository, then itself and two files' },
  'sbcntr-backend-build/task-1': { calls: 2, chain: 2, why: 'the stack names the repository, then one file' },
  'sbcntr-backend-build/task-2': {
    calls: 6,
    chain: 3,
    why: 'the stack names the role, then itself and the lists of its inline and managed policies, then two documents',
  },
  'sbcntr-backend-build/task-3': { calls: 3, chain: 2, why: 'the project; the stack names the repository, whose default branch is built' },
  'sbcntr-backend-build/task-4': { calls: 5, chain: 3, why: 'the stack, then the images; the list of builds, the builds, their buildspec' },
  'sbcntr-backend-build/cleanup': {
    calls: 9,
    chain: 2,
    why: 'nine things that must be gone or prove the past; the deleted stack names them',
  },
  'codepipeline-ecr-ecs/task-1': { calls: 3, chain: 1, why: 'the repository and two files' },
  'codepipeline-ecr-ecs/task-2': { calls: 2, chain: 1, why: 'the project, and the repository whose default branch it must build' },
  'codepipeline-ecr-ecs/task-3': {
    calls: 7,
    chain: 4,
    why: 'the project names its role; its inline policy is listed and read, its managed one listed, named and read',
  },
  'codepipeline-ecr-ecs/task-4': { calls: 3, chain: 1, why: 'the repository, its policy, and the project whose role it must name' },
  'codepipeline-ecr-ecs/task-5': { calls: 3, chain: 2, why: 'the list of builds, then the builds; the images' },
  'codepipeline-ecr-ecs/task-6': {
    calls: 6,
    chain: 2,
    why: 'the pipeline and its newest execution; the repository, then its branch; the rules, then the targets of one',
  },
  'codepipeline-ecr-ecs/task-7': {
    calls: 12,
    chain: 4,
    why: 'cluster, service and its task definition; the tasks listed, then described; the images; the pipeline, whose role has an inline and a managed policy',
  },
  'codepipeline-ecr-ecs/cleanup': { calls: 16, chain: 1, why: 'fifteen things that must be gone, and a build as proof' },
  'ecr-registry/task-1': { calls: 1, chain: 1, why: 'the repository' },
  'ecr-registry/task-2': { calls: 2, chain: 1, why: 'the images, and the scan of one' },
  'ecr-registry/task-3': { calls: 1, chain: 1, why: 'the lifecycle policy' },
  'ecr-registry/task-4': {
    calls: 7,
    chain: 2,
    why: 'the role, the lists of its policies, then one document; the policy of the repository; the managed policy, then its version',
  },
  'ecr-registry/task-5': {
    calls: 14,
    chain: 3,
    why: 'the project names its role, whose policies are listed, and the one it shares with the role for GitHub is named and read; the providers; the source; the builds and the images',
  },
  'ecr-registry/task-6': {
    calls: 6,
    chain: 1,
    why: 'the rule, its targets, the log group, its streams, who may write to it, and the pushes in the event history',
  },
  'ecr-registry/cleanup': { calls: 12, chain: 1, why: 'eleven things that must be gone, and a build as proof' },
  'stepfunctions-codebuild-s3/task-1': {
    calls: 6,
    chain: 2,
    why: 'the list of buckets names the one of which place, public access and encryption are asked; the repository and its images',
  },
  'stepfunctions-codebuild-s3/task-2': {
    calls: 5,
    chain: 2,
    why: 'the role, the lists of its inline and managed policies, then one document; the buckets, one of which it must name',
  },
  'stepfunctions-codebuild-s3/task-3': { calls: 1, chain: 1, why: 'the project, with the buildspec in it' },
  'stepfunctions-codebuild-s3/task-4': {
    calls: 4,
    chain: 2,
    why: 'the role, the lists of its inline and managed policies, then one document',
  },
  'stepfunctions-codebuild-s3/task-5': { calls: 1, chain: 1, why: 'the state machine' },
  'stepfunctions-codebuild-s3/task-6': {
    calls: 4,
    chain: 4,
    why: 'the executions name one, its history names the build, the build says where the object is',
  },
  'stepfunctions-codebuild-s3/cleanup': { calls: 9, chain: 1, why: 'eight things that must be gone, and a build as proof' },
  // All tasks of a lab in one run, its work done and nothing cleaned up: every answer is read once, whichever tasks need it.
  'week9-2-codebuild': {
    calls: 11,
    chain: 2,
    why: 'the stack; the repository and four files; the project; the list of builds and the builds; the images; the log group',
  },
  'sbcntr-backend-build': {
    calls: 16,
    chain: 3,
    why: 'the stack; the repository and three files; the role, its policies listed and two read; the project; the list of builds and the builds; the images of two repositories; the log group',
  },
  'codepipeline-ecr-ecs': {
    calls: 37,
    chain: 4,
    why: 'what the tasks need, each once (26), and the rest of what has to be removed: three roles, two log groups, the bucket and what is in it, the repository of the source',
  },
  'ecr-registry': { calls: 31, chain: 3, why: 'what the tasks need, each once' },
  'stepfunctions-codebuild-s3': { calls: 24, chain: 4, why: 'what the tasks need, each once' },
};

using practice = await startPracticeProcess();

interface Measured {
  /** Of one run. */
  readonly calls: number;
  /** The median time of a run, in milliseconds. */
  readonly ms: number;
}

/** Plays a move in an account of its own and looks at it some times. The first looks open connections and compile code; they are not measured. */
async function measure(
  lab: Lab,
  move: Move | undefined,
  seed: string,
  look: (session: AccountSession) => Promise<void>,
): Promise<Measured> {
  if (move === undefined) throw new Error(`No move solves ${seed}.`);
  await practice.latency(0);
  const { url, account, credentials } = await practice.prepare(lab.id, move.id, seed);
  const session = await openSession({ region: lab.region, endpoint: url, credentials, paced: false });
  for (let warm = 0; warm < WARM_UPS; warm += 1) await look(session);
  await practice.latency(LATENCY_MS);
  const before = await practice.calls(account);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await look(session);
    times.push(performance.now() - start);
  }
  return { calls: ((await practice.calls(account)) - before) / ROUNDS, ms: median(times) };
}

function fewestOf(name: string): Fewest {
  const fewest = FEWEST[name];
  if (fewest === undefined)
    throw new Error(`bench/check.ts does not know the fewest calls of ${name}: count them and add a line to FEWEST.`);
  return fewest;
}

const headings = ['calls', 'fewest', 'calls ÷ fewest', `chain × ${LATENCY_MS} ms`, 'median', 'time ÷ chain'];
let worst = 0;
function row(name: string, { calls, ms }: Measured) {
  const fewest = fewestOf(name);
  const chain = fewest.chain * LATENCY_MS;
  worst = Math.max(worst, ms / chain);
  return [name, calls, fewest.calls, (calls / fewest.calls).toFixed(2), `${chain} ms`, `${ms.toFixed(1)} ms`, (ms / chain).toFixed(3)];
}

function expectStatus(name: string, status: Status, expected: Status): void {
  if (status !== expected) throw new Error(`${name} is "${status}" and not "${expected}" after its moves; nothing to measure.`);
}

const tasks = new Table({ head: ['task', ...headings], style: { head: [] } });
for (const lab of labs) {
  for (const task of lab.tasks) {
    const name = `${lab.id}/${task.id}`;
    const solve = lab.moves.find((move) => move.kind === 'solve' && move.task === task.id);
    const look = async (session: AccountSession) => expectStatus(name, (await runTask(task, session)).status, 'passed');
    tasks.push(row(name, await measure(lab, solve, name, look)));
  }
}
console.log(tasks.toString());

const whole = new Table({ head: ['all tasks of a lab at once', ...headings], style: { head: [] } });
for (const lab of labs) {
  const done = lab.moves.findLast(({ kind, task }) => kind === 'solve' && task !== 'cleanup');
  const look = async (session: AccountSession) => {
    const memo = new Map();
    const outcomes = await Promise.all(lab.tasks.map((task) => runTask(task, session, { memo })));
    for (const { task, status } of outcomes) expectStatus(`${lab.id}/${task}`, status, task === 'cleanup' ? 'failed' : 'passed');
  };
  whole.push(row(lab.id, await measure(lab, done, lab.id, look)));
}
console.log(whole.toString());

console.log('Fewest calls, and why:');
for (const [name, { calls, why }] of Object.entries(FEWEST)) console.log(`  ${name}: ${calls}: ${why}`);
console.log(`Worst time ÷ chain: ${worst.toFixed(3)} (goal: at most 1.15), median of ${ROUNDS} rounds each, ${LATENCY_MS} ms per call.`);
