import { linesBefore } from '../../../markdown/read/lines.ts';
import { fencesOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

/** Places where Git and Docker print the hash of a commit. */
const PLACES = [
  /^\[\S+ (?:\(root-commit\) )?([0-9a-z]{7,40})\] /gm,
  /^\s*([0-9a-z]{7,40})\.\.\.?[0-9a-z]{7,40}\s+\S+ -> /gm,
  /^\s*[0-9a-z]{7,40}\.\.\.?([0-9a-z]{7,40})\s+\S+ -> /gm,
  /^commit ([0-9a-z]{7,40})$/gm,
  /sha256:([0-9a-z]{12,64})\b/gm,
];

export default defineRule({
  id: 'commit-hash',
  doc: 'Hashes in outputs are hexadecimal, as Git and Docker print them.',
  check({ documents }, report) {
    for (const document of documents) {
      for (const { node, line } of fencesOf(document)) {
        for (const match of PLACES.flatMap((place) => [...node.value.matchAll(place)])) {
          const hash = match[1] ?? '';
          // A hash has digits; a word has none.
          if (/^[0-9a-f]+$/.test(hash) || /^x+$/.test(hash) || !/\d/.test(hash)) continue;
          const at = match.index + match[0].indexOf(hash);
          report(
            { path: document.path, line: line + linesBefore(node.value, at) },
            `${hash} cannot be a hash: it has characters other than 0-9 and a-f.`,
            'Show a hash that could be real.',
          );
        }
      }
    }
  },
});
