import { hasWord, nearest, templatesOf, truthOf } from '../names.ts';
import { inlineCodesOf, sourceOf } from '../outline.ts';
import { defineRule } from '../rule.ts';

const KEY = /^[A-Z][a-zA-Z0-9]*[a-z][a-zA-Z0-9]*[A-Z][a-zA-Z0-9]*$/;

export default defineRule({
  id: 'output-key',
  doc: "An output of the stack that the text names is an output of the lab's template.",
  check(lab, report) {
    const templates = templatesOf(lab);
    const outputs = templates.flatMap((template) => template.outputs);
    if (outputs.length === 0) return;
    const truth = truthOf(lab);
    for (const document of lab.documents) {
      for (const { value, line, block } of inlineCodesOf(document.tree)) {
        if (!KEY.test(value) || hasWord(truth, value)) continue;
        // A service may be named in code as well.
        if (new RegExp(`(?:AWS|Amazon) ${value}\\b`).test(document.source)) continue;
        const meant = nearest(value, outputs);
        const said = /\bOutputs?\b|출력|出力/.test(sourceOf(document, block));
        if (meant === undefined && !said) continue;
        report({ path: document.path, line }, `The template has no output ${value}.`, `Write ${meant ?? `one of ${outputs.join(', ')}`}.`);
      }
    }
  },
});
