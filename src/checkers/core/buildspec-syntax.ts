import type { BuildspecReading } from './buildspec/index.ts';
import { failed, passed } from './task.ts';

/** Whether a text can be read as a buildspec at all. @param notMapping what to say of YAML that is a list or plain text */
export function judgeSyntax<const S>(reading: BuildspecReading, notMapping: S) {
  switch (reading.state) {
    case 'parsed':
      return passed();
    case 'tabs':
      return failed(['yamlTabs', { line: reading.line }] as const);
    case 'invalid':
      return failed(['yamlInvalid', { line: reading.line, problem: reading.problem }] as const);
    case 'not-a-map':
      return failed(notMapping);
  }
}
