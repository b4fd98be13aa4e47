/** The style sheet of `report.html`. It is part of the file, which can be mailed, opened offline and printed. */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --text: light-dark(#1b1f24, #e6e9ee); --soft: light-dark(#59636e, #9aa4b2); --page: light-dark(#fff, #14171c);
  --card: light-dark(#f6f7f9, #1d2127); --line: light-dark(#d9dee4, #343b45); --good: light-dark(#116329, #56d364); --bad: light-dark(#b3261e, #ff8f85);
  --wait: light-dark(#7a4d00, #e8b04b); --link: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.25rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Hiragino Sans", "Yu Gothic", "Noto Sans CJK KR", sans-serif; }
:lang(ko) { word-break: keep-all; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); } .notice { border-left: 4px solid var(--wait); padding: .25rem .75rem; background: var(--card); }
.scroll { overflow-x: auto; } .scroll :is(th, td, code) { overflow-wrap: normal; white-space: nowrap; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: start; padding: .4rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; } th { color: var(--soft); font-weight: 600; font-size: .875rem; }
a { color: var(--link); } code { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
details { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: .5rem .9rem; } summary { cursor: pointer; font-weight: 600; }
summary:focus-visible, a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
ul { list-style: none; margin: 0; padding: 0; } li { padding: .3rem 0 .3rem 1.75rem; position: relative; } li > .mark { position: absolute; inset-inline-start: 0; }
.mark { display: inline-block; min-width: 1.25rem; font-weight: 700; color: var(--soft); } .passed { color: var(--good); } .failed, .not-started { color: var(--bad); } .waiting, .unknown { color: var(--wait); }
.bar { display: block; height: .5rem; border-radius: .25rem; background: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .75rem; margin: .25rem 0; font-size: .875rem; } dt { color: var(--soft); } dd { margin: 0; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } details { break-inside: avoid; } details::details-content { content-visibility: visible; display: block; } .scroll { overflow: visible; } }
`;
