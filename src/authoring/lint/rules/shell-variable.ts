import { linesBefore } from '../../../markdown/read/lines.ts';
import { commandsOf, shellFencesOf } from '../outline.ts';
import { PROVIDED } from '../provided-variables.ts';
import { defineRule } from '../rule.ts';

/** Ways to set a shell variable. */
const SET =
  /(?:^|[\s;&|(]|export\s+|declare\s+(?:-\w+\s+)?|readonly\s+|local\s+)([A-Z][A-Z0-9_]*)\+?=|\bread\s+(?:-\w+\s+|-p\s+(?:"[^"]*"|'[^']*')\s+)*([A-Z][A-Z0-9_]*)|\b(?:for|printf\s+-v|mapfile\s+-t|readarray\s+-t)\s+([A-Z][A-Z0-9_]*)\b/gm;

/** Uses that fail or go wrong silently when the variable is not set; `${X:-default}` and `\$X` do not. */
const USED = /(?<!\\)\$(?:([A-Z][A-Z0-9_]*)|\{([A-Z][A-Z0-9_]*)(?:[}#%/,^]))/g;

export default defineRule({
  id: 'shell-variable',
  doc: 'A variable in commands has been set by an earlier command.',
  check({ documents }, report) {
    for (const document of documents) {
      const set = new Set<string>();
      const told = new Set<string>();
      for (const fence of shellFencesOf(document)) {
        const commands = commandsOf(fence);
        // A sourced script may set anything.
        if (/(?:^|[\n;&|]\s*)(?:source|\.|eval)\s+\S/.test(commands)) break;
        for (const match of commands.matchAll(SET)) set.add(match[1] ?? match[2] ?? match[3] ?? '');
        // In single quotes, as in awk programs and quoted here-documents, a dollar sign has no meaning.
        const live = commands
          .replace(/<<-?\s*(["'])(\w+)\1[\s\S]*?^\s*\2\s*$/gm, blank)
          .replace(/'[^'\n]*'/g, blank)
          .replace(/(^|\s)#.*$/gm, blank);
        for (const match of live.matchAll(USED)) {
          const name = match[1] ?? match[2] ?? '';
          if (set.has(name) || told.has(name) || PROVIDED.test(name)) continue;
          told.add(name);
          const line = fence.line + linesBefore(live, match.index);
          report(
            { path: document.path, line },
            `$${name} is used, but no command before it sets it.`,
            `Show how it is set (${name}=…), or write the value.`,
          );
        }
      }
    }
  },
});

const blank = (text: string) => text.replace(/[^\n]/g, ' ');
