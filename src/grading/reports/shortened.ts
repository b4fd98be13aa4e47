import stringWidth from 'string-width';

/** The beginning of `text` that fits into `width` terminal columns, with an ellipsis when something was cut. */
export function shortened(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(`${cut}${segment}…`) > width) break;
    cut += segment;
  }
  return width > 0 ? `${cut}…` : '';
}
