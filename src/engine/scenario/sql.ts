import type { LocalizedText } from './localized-text';

/** What an SQL92 filter should have looked like, in words, or undefined for one that the product compiles. */
export function checkSql(expression: string): LocalizedText | undefined {
  return expression.trim() === '' ? SOMETHING : undefined;
}

const SOMETHING: LocalizedText = {
  en: 'a condition such as "amount > 100 AND region = \'EU\'"',
  zh: '一个条件，例如 "amount > 100 AND region = \'EU\'"',
};
