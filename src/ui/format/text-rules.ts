const HAN = /\p{Script=Han}/u;
const LETTER = /\p{L}/u;
const BESIDE_HAN: readonly (readonly [pattern: RegExp, fault: string])[] = [
  [/\p{Script=Han}[,.;:?!()"']|[,;?!()"']\p{Script=Han}/u, 'half-width punctuation beside Han'],
  [
    /\p{Script=Han}(?:[A-Za-z0-9]|\{\{)|(?:[A-Za-z0-9%]|\}\})\p{Script=Han}/u,
    'no space between Han and Latin',
  ],
  [/[，。；：？！、（）“”] | [，。；：？！、（）]/u, 'a space beside full-width punctuation'],
];

/** Names such as `{{count}}` in a text, sorted. */
function placeholdersOf(text: string): readonly string[] {
  return [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name!).sort();
}

const withoutPlaceholders = (text: string) => text.replaceAll(/\{\{.*?\}\}/g, '');

/**
 * What is wrong with how a text is written in its two languages, in words; nothing when it is right. A constant of a
 * product (`kill -9`) is the same in both; a separator without a letter is punctuation of its own.
 */
export function textFaults(en: string, zh: string): readonly string[] {
  const faults: string[] = [];
  const unlike = [...new Set(placeholdersOf(en))].join() !== [...new Set(placeholdersOf(zh))].join();
  if (unlike) faults.push('the placeholders differ');
  if (en && zh && !LETTER.test(withoutPlaceholders(en + zh))) return faults;
  if (HAN.test(en)) faults.push('Han in the English text');
  if (zh !== en && !HAN.test(zh)) faults.push('no Han in the Chinese text');
  for (const [pattern, fault] of BESIDE_HAN) if (pattern.test(zh)) faults.push(fault);
  for (const text of [en, zh]) {
    if (text.trim() !== text || text === '') faults.push('empty, or spaces at an end');
    if (/[!！\p{Extended_Pictographic}]/u.test(text)) faults.push('an exclamation mark or an emoji');
    if (/\.\.\./.test(text)) faults.push('three dots for an ellipsis');
  }
  return faults;
}
