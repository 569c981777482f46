import type { LocalizedText } from './localized-text';
import { parseSql } from './sql-parser';
import { SqlError } from './sql-tokens';

/** What an SQL92 filter should have looked like, in words, or undefined for one that the product compiles. */
export function checkSql(expression: string): LocalizedText | undefined {
  if (expression.trim() === '') return SOMETHING;
  try {
    parseSql(expression);
    return undefined;
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const place = error.at + 1;
    return {
      en: `${SOMETHING.en} (character ${place}: ${error.message})`,
      zh: `${SOMETHING.zh}（第 ${place} 个字符：${error.message}）`,
    };
  }
}

const SOMETHING: LocalizedText = {
  en: 'a condition such as "amount > 100 AND region = \'EU\'"',
  zh: '一个条件，例如 "amount > 100 AND region = \'EU\'"',
};
