import { describe, expect, it } from 'vitest';
import { renderAndTell } from '../../render-lab.test-support.ts';

describe('remarkOpenButtons', () => {
  it.each([
    ['글\n[[Create user 버튼', '2: The button "[[Create user 버튼" is never closed; write ]] after its label.'],
    ['[[Create user] 버튼', '1: The button "[[Create user" is never closed; write ]] after its label.'],
    ['{{Upload} 버튼', '1: The button "{{Upload" is never closed; write }} after its label.'],
    ['값 [[저장', '1: The button "[[저장" is never closed; write ]] after its label.'],
  ])('tells %j and leaves it as written', async (markdown, said) => {
    expect(await renderAndTell(markdown)).toEqual({ html: `<p>${markdown}</p>`, told: [said] });
  });

  it('tells one that another follows', async () => {
    const { told } = await renderAndTell('[[Create user 버튼과 [[Next]], [[Add [[x]]]]');
    expect(told).toEqual(['1: The button "[[Create user 버튼과" is never closed; write ]] after its label.']);
  });

  it('tells a closing mark that is left over', async () => {
    const { told } = await renderAndTell('[[Next]]] {{Upload}}}\n\n| [[열기 | 값 |\n| - | - |');
    expect(told).toEqual([
      '1: A "]" too many follows the button [[Next]]; delete it.',
      '1: A "}" too many follows the button {{Upload}}; delete it.',
      '3: The button "[[열기" is never closed; write ]] after its label.',
    ]);
  });

  it('tells an opening mark that is missing', async () => {
    expect((await renderAndTell('글 [Create]]을')).told).toEqual([
      '1: The button [Create]] has one mark too few before its label; write [[Create]].',
    ]);
  });

  it.each([
    '[[Next]] {{Upload}} ((Cancel)) [참고: [[Next]]] [[**Create** x]] [[Add [optional]]]',
    'if [[ -f x ]; [[:alpha:]] [[a-z]+ [[1, 2], [3, 4]] [["a"',
    '\\[[Next \\{{Upload $' + '{{github f{{x} {{{이름}}} {{ .Values } {{"a": 1}',
    '((주) 회사, ((Cancel',
    'a[name]] [1]] b[idx[0]]',
    '`[[Next` `{{Upload}` <code>[[Next</code>',
    '```bash\nif [[Next\n```',
    '[[문서]](https://x.example) [^[[x]',
  ])('has nothing to say of %j', async (markdown) => {
    expect((await renderAndTell(markdown)).told).toEqual([]);
  });

  it('looks at .mdx as well', async () => {
    const { told } = await renderAndTell('[[Next 버튼', { path: '/site/src/content/labs/demo/ko.mdx' });
    expect(told).toEqual(['1: The button "[[Next 버튼" is never closed; write ]] after its label.']);
  });
});
