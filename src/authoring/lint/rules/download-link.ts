import type { Link } from 'mdast';
import { calloutsOf, lineOf, walk } from '../outline.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'download-link',
  doc: 'A DOWNLOAD callout links to a zip that exists, and a lab with files offers them.',
  check({ documents, files, zip, packing, site }, report) {
    const own = zip === undefined ? undefined : `/files/${zip}.zip`;
    for (const { path, tree } of documents) {
      const boxes = calloutsOf(tree).filter(({ callout }) => callout?.shape === 'download');
      for (const { node } of boxes) {
        const links: Link[] = [];
        walk(node, (inner) => {
          if (inner.type === 'link' && (inner as Link).url.endsWith('.zip')) links.push(inner as Link);
        });
        if (links.length === 0)
          report(
            { path, line: lineOf(node) },
            'This DOWNLOAD has no link to a zip.',
            `Add [name.zip](${own ?? '/files/<group>/<name>.zip'}).`,
          );
        for (const link of links) {
          const { url } = link;
          // Another rule reports files that cannot be packed.
          if (/^https?:/.test(url) || url === own || site.zips.includes(url) || site.isPublic(url) || packing !== undefined) continue;
          const fix = own === undefined ? "Put the files into the lab's files/ folder; the zip is made of them." : `Link to ${own}.`;
          report({ path, line: lineOf(link) }, `There is no zip ${url}.`, fix);
        }
      }
      if (boxes.length === 0 && files.length > 0 && own !== undefined) {
        report(
          { path, line: 1 },
          `The lab has files, but this text does not offer ${own}.`,
          `Add a callout [!DOWNLOAD] with a link to ${own}.`,
        );
      }
    }
  },
});
