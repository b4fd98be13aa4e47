import { join } from 'node:path';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'zip-files',
  doc: 'The content of files/ can be packed: no junk, no secrets, no names that some systems cannot unpack.',
  check({ folder, packing }, report) {
    if (packing !== undefined) report({ path: join(folder, 'files'), line: 1 }, packing, 'Fix the named file.');
  },
});
