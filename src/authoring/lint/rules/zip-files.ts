import { join } from 'node:path';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'zip-files',
  doc: 'What files/ holds can be packed: no junk, no secrets, no names that some system cannot unpack.',
  check({ folder, packing }, report) {
    if (packing !== undefined) report({ path: join(folder, 'files'), line: 1 }, packing, 'Mend what is named.');
  },
});
