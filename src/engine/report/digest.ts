/** Sixteen hexadecimal digits of a text: two independent 32-bit lanes of multiply-xor over its UTF-16 units. */
export function digestOfText(text: string): string {
  let x = 0x811c9dc5;
  let y = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    x = Math.imul(x ^ unit, 0x01000193);
    y = Math.imul(y ^ (y >>> 15) ^ unit, 0x85ebca6b);
  }
  return hex(x) + hex(y ^ (y >>> 13));
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
