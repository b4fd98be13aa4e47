import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Every task x every operation x every fault: minutes of one processor. `npm run test:faults` runs it, not `npm test`. */
const FAULT_MATRIX = 'src/checkers/faults.test.ts';

// The journeys start servers, browsers and builds of their own, which need a processor each.
const maxWorkers = Math.min(availableParallelism(), 4);

/** Journeys take longest, so they begin, and what is short fills the time that is left beside the last of them. */
class JourneysFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isJourney = ({ project }: TestSpecification) => project.name === 'journeys';
    return [...sorted.filter(isJourney), ...sorted.filter((file) => !isJourney(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: JourneysFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [FAULT_MATRIX],
          testTimeout: 30_000,
          maxWorkers,
        },
      },
      {
        // Whole-product journeys: they visit the built site, and start browsers and child processes.
        test: {
          name: 'journeys',
          include: ['test/**/*.test.ts'],
          globalSetup: ['test/support/shared-site.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers,
        },
      },
      { test: { name: 'faults', include: [FAULT_MATRIX], testTimeout: 600_000, maxWorkers, maxConcurrency: 12 } },
    ],
  },
});
