import { expect, it } from 'vitest';
import { textFaults } from '../format/text-rules';
import { UI_WORDS, type UiWords } from './words';

const { en, zh } = UI_WORDS;

/** Each text, with sample values where it takes some. */
function said(words: UiWords): Record<string, string> {
  return Object.fromEntries(
    Object.entries({
      ...words,
      notFlushed: words.notFlushed(1_234),
      slaveOnly: words.slaveOnly(8),
      lost: words.lost(3),
      perColumn: words.perColumn(8),
      message: words.message(2),
      committed: words.committed('C1', 1_200),
      lagOf: words.lagOf(24),
      later: words.later(118_000_000),
      retry: words.retry(2),
      of: words.of(words.message(2), '26'),
    }).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

it('says everything in both languages, as each is written', () => {
  const english = said(en);
  const chinese = said(zh);
  const faults = Object.keys(english).flatMap((key) =>
    textFaults(english[key]!, chinese[key]!).map((fault) => `${key}: ${fault}`),
  );
  expect(faults).toEqual([]);
  expect(english.notFlushed).toBe('1,234 not flushed');
  expect(en.perColumn(1)).toBe('1 column = 1 message');
});
