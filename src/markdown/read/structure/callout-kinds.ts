import type { Language } from '../../../i18n/languages.ts';

/** The layout of a callout: a box with a title, a fold, the output of a terminal, or a box that lists the files of the zip. */
export type CalloutShape = 'box' | 'fold' | 'output' | 'download';

interface CalloutSpec {
  readonly kind: string;
  readonly shape: CalloutShape;
  /** Names the CSS colour set `callout-tone-<tone>`. */
  readonly tone: 'blue' | 'teal' | 'green' | 'amber' | 'red' | 'violet' | 'slate';
  readonly label: Readonly<Record<Language, string>>;
  /** Path data of a 24x24 stroked icon. */
  readonly icon: string;
}

/** All kinds of callouts. The type, the markers, the icons, the labels and the colours follow from this table. */
export const CALLOUTS = [
  {
    kind: 'DOWNLOAD',
    shape: 'download',
    tone: 'blue',
    label: { ko: '실습 파일', ja: '演習ファイル', en: 'Lab files' },
    icon: 'M12 3v12m0 0 5-5m-5 5-5-5M4 17v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3',
  },
  {
    kind: 'COST',
    shape: 'box',
    tone: 'amber',
    label: { ko: '비용', ja: '料金', en: 'Cost' },
    icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm2.8 6.2C14.3 8.2 13.2 7.8 12 7.8c-1.6 0-2.9.8-2.9 2.1 0 2.8 5.9 1.4 5.9 4.2 0 1.3-1.3 2.1-3 2.1-1.3 0-2.5-.5-3-1.5M12 6.2v1.6m0 8.4v1.6',
  },
  {
    kind: 'WARNING',
    shape: 'box',
    tone: 'amber',
    label: { ko: '경고', ja: '警告', en: 'Warning' },
    icon: 'M12 4 2.5 20.5h19L12 4Zm0 6v5m0 2.5v.5',
  },
  {
    kind: 'NOTE',
    shape: 'box',
    tone: 'slate',
    label: { ko: '참고', ja: '参考', en: 'Note' },
    icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 8v5.5M12 7.5V8',
  },
  {
    kind: 'IMPORTANT',
    shape: 'box',
    tone: 'violet',
    label: { ko: '중요', ja: '重要', en: 'Important' },
    icon: 'M5 4h14a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-4l-3 4-3-4H5a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1Zm7 3v4m0 2.5v.5',
  },
  {
    kind: 'OUTPUT',
    shape: 'output',
    tone: 'slate',
    label: { ko: '출력 예시', ja: '出力例', en: 'Example output' },
    icon: 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Zm2.5 10h5m-5-3h9m-9-3h7',
  },
  {
    kind: 'TIP',
    shape: 'box',
    tone: 'green',
    label: { ko: '팁', ja: 'ヒント', en: 'Tip' },
    icon: 'M9 18h6m-5 3h4M12 3a6 6 0 0 0-3.5 10.9c.6.5 1 1.2 1 2V16h5v-.1c0-.8.4-1.5 1-2A6 6 0 0 0 12 3Z',
  },
  {
    kind: 'CONCEPT',
    shape: 'box',
    tone: 'teal',
    label: { ko: '개념', ja: '概念', en: 'Concept' },
    icon: 'M12 6.5C10.5 5 8 4.5 4 4.5v13c4 0 6.5.5 8 2 1.5-1.5 4-2 8-2v-13c-4 0-6.5.5-8 2Zm0 0v13',
  },
  {
    kind: 'TROUBLESHOOTING',
    shape: 'fold',
    tone: 'red',
    label: { ko: '문제 해결', ja: 'トラブルシューティング', en: 'Troubleshooting' },
    icon: 'M14.5 6.5a4 4 0 0 1 5-3.8L17 5.2l.4 2.4 2.4.4 1.5-2.5a4 4 0 0 1-5.6 4.700L7.5 18.5a2 2 0 0 1-2.9-2.9l8.3-8.3',
  },
  {
    kind: 'SUCCESS',
    shape: 'box',
    tone: 'green',
    label: { ko: '성공', ja: '成功', en: 'Success' },
    icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-4 9.3 2.8 2.8L16 9.5',
  },
  {
    kind: 'ERROR',
    shape: 'box',
    tone: 'red',
    label: { ko: '오류', ja: 'エラー', en: 'Error' },
    icon: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm-3 6 6 6m0-6-6 6',
  },
  {
    kind: 'CAUTION',
    shape: 'box',
    tone: 'red',
    label: { ko: '주의', ja: '注意', en: 'Caution' },
    icon: 'M8 3h8l5 5v8l-5 5H8l-5-5V8l5-5Zm4 5v5m0 2.5v.5',
  },
] as const satisfies readonly CalloutSpec[];

export type Callout = (typeof CALLOUTS)[number];
export type CalloutKind = Callout['kind'];

/**
 * The kind of callout that a name stands for.
 * @param name in any case.
 */
export function calloutOf(name: string): Callout | undefined {
  const kind = name.toUpperCase();
  return CALLOUTS.find((callout) => callout.kind === kind);
}
