import { useMemo, useSyncExternalStore } from 'react';
import { type Area, currentLang, type Lang, type Localized, type Text, watchLang, write } from './area';

type Variants<T extends Text> = T['en'] extends string ? T['en'] : T['en'][keyof T['en']];

/** The names between double braces in a text. */
type Placeholders<S> = S extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Values<T extends Text> = T['en'] extends string
  ? Placeholders<T['en']>
  : Placeholders<Variants<T>> | 'count';

type Params<T extends Text> = [Values<T>] extends [never]
  ? []
  : [values: { readonly [N in Values<T>]: N extends 'count' ? number : string | number }];

/** A text of an area in the language of the page. What it needs to be told is known from the text itself. */
export type Translate<T extends Readonly<Record<string, Text>>> = <K extends keyof T & string>(
  key: K,
  ...values: Params<T[K]>
) => string;

export interface UseText<T extends Readonly<Record<string, Text>>> {
  readonly t: Translate<T>;
  readonly lang: Lang;
  /** The language of a text that content carries itself. */
  readonly pick: (text: Localized) => string;
}

/** The texts of an area; the component renders again when the language changes. */
export function useText<T extends Readonly<Record<string, Text>>>({ texts }: Area<T>): UseText<T> {
  const lang = useSyncExternalStore(watchLang, currentLang);
  return useMemo(
    () => ({
      t: (key, ...[values]) => write(texts[key] as Text, lang, values),
      lang,
      pick: (text) => text[lang],
    }),
    [texts, lang],
  );
}
