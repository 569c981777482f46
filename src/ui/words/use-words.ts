import { createContext, useContext } from 'react';
import { UI_WORDS, type UiWords } from './words';

/** Set by `UiRoot`. */
export const UiWordsContext = createContext<UiWords>(UI_WORDS.en);

/** The words of the parts in the language of the nearest `UiRoot`. */
export const useWords = (): UiWords => useContext(UiWordsContext);
