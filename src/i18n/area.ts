import { formatNumber, formatShort } from './format';

export type Lang = 'en' | 'zh';

/** A text that content carries in both languages. */
export interface Localized {
  readonly en: string;
  readonly zh: string;
}

/**
 * One text, its languages side by side. `{{name}}` stands for a value; English tells one from many by `{{count}}`.
 */
export interface Text {
  readonly en: string | { readonly one: string; readonly other: string };
  readonly zh: string;
}

export interface Area<T extends Readonly<Record<string, Text>> = Readonly<Record<string, Text>>> {
  readonly name: string;
  readonly texts: T;
}

let current: Lang = 'en';
const watchers = new Set<() => void>();

/**
 * Names the texts of one part of the application. Each area is a file of its own in `areas/`, named as the area; the
 * test beside it reads every file there.
 */
export function area<const T extends Readonly<Record<string, Text>>>(name: string, texts: T): Area<T> {
  return { name, texts };
}

/** A text in a language, its values put in: numbers as the design writes them, a seed or an id as a string. */
export function write({ en, zh }: Text, lang: Lang, values: Readonly<Record<string, unknown>> = {}): string {
  const english = typeof en === 'string' ? en : values.count === 1 ? en.one : en.other;
  return (lang === 'zh' ? zh : english).replace(/{{(\w+)}}/g, (_, name) => valueText(values[name]));
}

function valueText(value: unknown): string {
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? formatNumber(value) : formatShort(value, 3);
}

/** The language to begin with: the one that was chosen before, else the browser's. */
export function firstLang(chosen: string | null, preferred: readonly string[]): Lang {
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return preferred[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Switches every text in place, and tells the page's language to the browser and to screen readers. */
export function setLang(lang: Lang): void {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  if (lang === current) return;
  current = lang;
  for (const watcher of [...watchers]) watcher();
}

/** The language of the page. */
export const currentLang = (): Lang => current;

/** Calls back when the language changes, until the returned function is called. */
export function watchLang(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
