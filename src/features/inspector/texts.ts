import { inspector } from '../../i18n/areas/inspector';
import { terms } from '../../i18n/areas/terms';
import { type Translate, type UseText, useText } from '../../i18n/use-text';

export type T = Translate<typeof inspector.texts>;

export const useTexts = (): UseText<typeof inspector.texts> => useText(inspector);
export const useT = (): T => useText(inspector).t;
export const useTerms = (): Translate<typeof terms.texts> => useText(terms).t;

/** A word that the engine writes into its tables, in the language of the page; what is no such word stays. */
export function tableWord(word: string, t: T): string {
  const camel = word.replace(/(?:^|\s)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const key = `word${camel}`;
  if (key in inspector.texts) return t(key as 'wordAge');
  return word in PLAIN ? t(PLAIN[word as keyof typeof PLAIN]) : word;
}

const PLAIN = {
  topic: 'topic',
  queue: 'queue',
  group: 'group',
  process: 'wordProcess',
  min: 'min',
  max: 'max',
  appended: 'appended',
  flushed: 'flushed',
} as const;
