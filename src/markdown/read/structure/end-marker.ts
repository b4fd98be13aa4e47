import type { Paragraph, PhrasingContent, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { withoutPrefix } from '../nodes.ts';

const WORDS =
  /(?:(?:태스크|과제|작업)\s*\d*\s*완료|실습\s*(?:종료|완료)|(?:실습\s*)?(?:리소스\s*)?정리\s*완료|(?:タスク|課題)\s*\d*\s*完了|(?:演習|実習)\s*(?:終了|完了)|(?:リソースの?)?(?:削除|クリーンアップ|後片付け)\s*完了|(?:task\s*\d*|lab|clean[\s-]?up)\s*completed?)\s*[!！]?\s*/
    .source;

const MARKER = new RegExp(`^[✅✔☑]\\u{FE0F}?\\s*${WORDS}(?:[:：.]|[–—-]+(?=\\s))?\\s*`, 'iu');
const WITHOUT_MARK = new RegExp(`^[^\\p{L}\\p{N}]*${WORDS}[:：]`, 'iu');

/** The claim of an end marker `✅ **태스크 완료**: …`; `undefined` when the node is not an end marker. */
export function endMarker(node: RootContent): PhrasingContent[] | undefined {
  if (node.type !== 'paragraph') return undefined;
  const marker = MARKER.exec(plainText(node as Paragraph));
  return marker === null ? undefined : withoutPrefix((node as Paragraph).children, marker[0].length);
}

/** Whether a node is an end marker without its check mark: `**태스크 완료**: …`. */
export function lacksCheckMark(node: RootContent): boolean {
  if (node.type !== 'paragraph' || endMarker(node) !== undefined) return false;
  const isBold = node.children.slice(0, 2).some(({ type }) => type === 'strong');
  return isBold && WITHOUT_MARK.test(plainText(node));
}
