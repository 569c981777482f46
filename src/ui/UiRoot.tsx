import type { ReactNode } from 'react';
import { HatchDefs } from './glyph/HatchDefs';
import { UiWordsContext } from './words/use-words';
import { UI_WORDS, type UiLang } from './words/words';

/** What the parts need around them: their words and the hatches. */
export function UiRoot({ lang, children }: { readonly lang: UiLang; readonly children: ReactNode }) {
  return (
    <UiWordsContext value={UI_WORDS[lang]}>
      <HatchDefs />
      {children}
    </UiWordsContext>
  );
}
