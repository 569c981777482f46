import type { LocalizedText } from './localized-text';
import { both, describeValue, type Path, Refusal } from './problem';
import { checkSql } from './sql';
import type { Filter } from './types';

const TAG = /^[^\s|\p{C}]{1,128}$/u;

/**
 * A subscription as the client reads it: `*` or nothing is all, tags stand between double bars. [FI-1]
 * @throws Refusal for what the client would not take, and for a single bar, which would be part of a tag's name
 */
export function filterOf(file: string | { readonly sql: string }, path: Path): Filter {
  if (typeof file !== 'string') {
    const complaint = checkSql(file.sql);
    if (complaint === undefined) return { kind: 'sql', expression: file.sql };
    throw new Refusal({ path: [...path, 'sql'], found: describeValue(file.sql), expected: complaint });
  }
  if (file === '' || file === '*') return { kind: 'tags', tags: [] };
  const tags = file
    .split('||')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  if (tags.length > 0 && tags.every((tag) => TAG.test(tag)))
    return { kind: 'tags', tags: [...new Set(tags)] };
  const expected: LocalizedText = both(
    'tags of 1 to 128 characters without space or "|", with "||" between them',
    '以 "||" 分隔的 tag，每个 1 到 128 个字符，不含空格和 "|"',
  );
  throw new Refusal({
    path,
    found: describeValue(file),
    expected,
    remedy: both('Write "TagA || TagB", or "*" for all', '请写成 "TagA || TagB"，全部则写 "*"'),
  });
}

/** The filter as the file spells it. */
export function spellFilter(filter: Filter): string | { sql: string } {
  if (filter.kind === 'sql') return { sql: filter.expression };
  return filter.tags.length === 0 ? '*' : filter.tags.join(' || ');
}
