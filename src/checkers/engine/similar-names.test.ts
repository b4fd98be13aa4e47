import { expect, it } from 'vitest';
import { closest } from './similar-names.ts';

it('finds the names most like the wanted one first', () => {
  const names = ['prod-api', 'week9-2-container-biuld', 'Week9-2-Container-Build', 'week9-container-build'];
  expect(closest('week9-2-container-build', names, 3)).toEqual([
    'Week9-2-Container-Build',
    'week9-2-container-biuld',
    'week9-container-build',
  ]);
  expect(closest('week9-2-container-build', [], 3)).toEqual([]);
});
