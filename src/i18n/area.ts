import { createInstance, type FormatterModule } from 'i18next';
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

/** Numbers are written as the design writes them; a seed or an id is passed as a string. */
const numbers: FormatterModule = {
  type: 'formatter',
  init() {},
  add() {},
  addCached() {},
  format: (value: unknown) => {
    if (typeof value !== 'number') return String(value);
    return Number.isInteger(value) ? formatNumber(value) : formatShort(value, 3);
  },
};

export const i18n = createInstance();
i18n.use(numbers);
i18n.init({
  lng: 'en',
  fallbackLng: false,
  initAsync: false,
  resources: {},
  keySeparator: false,
  nsSeparator: false,
  returnEmptyString: false,
  interpolation: { escapeValue: false, alwaysFormat: true }, // React escapes
});

/**
 * Makes the texts of one part of the application known. Each area is a file of its own in `areas/`, named as the area;
 * the test beside it reads every file there.
 */
export function area<const T extends Readonly<Record<string, Text>>>(name: string, texts: T): Area<T> {
  const english = Object.entries(texts).flatMap(([key, { en }]) =>
    typeof en === 'string'
      ? [[key, en]]
      : [
          [`${key}_one`, en.one],
          [`${key}_other`, en.other],
        ],
  );
  const chinese = Object.entries(texts).map(([key, { en, zh }]) => [
    typeof en === 'string' ? key : `${key}_other`,
    zh,
  ]);
  i18n.addResourceBundle('en', name, Object.fromEntries(english), true, true);
  i18n.addResourceBundle('zh', name, Object.fromEntries(chinese), true, true);
  return { name, texts };
}

/** The language to begin with: the one that was chosen before, else the browser's. */
export function firstLang(chosen: string | null, preferred: readonly string[]): Lang {
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return preferred[0]?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Switches every text in place, and tells the page's language to the browser and to screen readers. */
export function setLang(lang: Lang): void {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  void i18n.changeLanguage(lang);
}
