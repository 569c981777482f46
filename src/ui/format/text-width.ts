/** About how wide a label will be, in px, before anything has been laid out: Inter, and full-width Han. */
export function textWidthPx(text: string, fontSizePx: number, bold = false): number {
  let ems = 0;
  for (const char of text) ems += char.codePointAt(0)! >= 0x2e80 ? 1 : narrow(char);
  return ems * fontSizePx * (bold ? 1.05 : 1);
}

function narrow(char: string): number {
  if (' .,:·|ijlI’'.includes(char)) return 0.28;
  if ('frt()-/1'.includes(char)) return 0.4;
  if ('mwMW⋯…×'.includes(char)) return 0.86;
  return char >= 'A' && char <= 'Z' ? 0.69 : 0.585;
}
