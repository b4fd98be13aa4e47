/**
 * CPU time per call of a whole task check beside bare SDK clients making the same calls: guard, limits, deadlines, validation and
 * judging against nothing of the kind. A ratio within one run; the endpoint runs in another process.
 */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { BatchGetBuildsCommand, CodeBuildClient, ListBuildsForProjectCommand } from '@aws-sdk/client-codebuild';
import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { openSession } from '../src/aws/session.ts';
import { taskOf } from '../src/checkers/engine/lab.ts';
import { runTask } from '../src/checkers/engine/run.ts';
import { findLab } from '../src/checkers/index.ts';
import { median } from './median.ts';
import { startPracticeProcess } from './practice-process.ts';

const LAB = 'week9-2-codebuild';
const TASK = 'task-4';
const CALLS = 4;
const ROUNDS = 40;
const RUNS = 15;

const lab = findLab(LAB);
const task = lab && taskOf(lab, TASK);
if (lab === undefined || task === undefined) throw new Error(`There is no ${LAB}/${TASK}.`);

using practice = await startPracticeProcess();
const endpoint = await practice.prepare(LAB, 'run-build', 'bench');

/** One check after another, as a whole. */
async function ours(): Promise<() => Promise<void>> {
  const session = await openSession({ region: lab?.region ?? '', endpoint: endpoint.url, credentials: endpoint.credentials });
  return async () => {
    for (let run = 0; run < RUNS; run += 1) {
      const { status } = await runTask(task as NonNullable<typeof task>, session);
      if (status !== 'passed') throw new Error(`${LAB}/${TASK} is "${status}"; nothing to measure.`);
    }
  };
}

/** The same calls, as many of them at once. */
async function bare(): Promise<() => Promise<void>> {
  const config = { region: lab?.region ?? '', endpoint: endpoint.url, credentials: endpoint.credentials };
  const [stacks, builds, images] = [new CloudFormationClient(config), new CodeBuildClient(config), new ECRClient(config)];
  return async () => {
    for (let run = 0; run < RUNS; run += 1) {
      await Promise.all([
        stacks
          .send(new DescribeStacksCommand({ StackName: 'week9-2-codebuild-stack' }))
          .then(() => images.send(new DescribeImagesCommand({ repositoryName: 'week9-2-codebuild-repo', maxResults: 1000 }))),
        builds
          .send(new ListBuildsForProjectCommand({ projectName: 'week9-2-container-build' }))
          .then(({ ids }) => builds.send(new BatchGetBuildsCommand({ ids }))),
      ]);
    }
  };
}

/** Milliseconds of CPU per call. */
async function measure(prepare: () => Promise<() => Promise<void>>): Promise<number> {
  const work = await prepare();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (RUNS * CALLS);
}

// Code is loaded and compiled by then.
for (let warm = 0; warm < 15; warm += 1) {
  await measure(ours);
  await measure(bare);
}
const times = { ours: [] as number[], bare: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  times.ours.push(await measure(ours));
  times.bare.push(await measure(bare));
}
const [mine, theirs] = [median(times.ours), median(times.bare)];
console.log(
  `CPU per call: ${mine.toFixed(3)} ms in a task check, ${theirs.toFixed(3)} ms by bare SDK clients making the same calls: ` +
    `${(mine / theirs).toFixed(2)} times as much (goal: at most 1.25), median of ${ROUNDS} rounds of ${RUNS * CALLS} calls.`,
);
