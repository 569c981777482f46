import { lanes } from '../../../i18n/areas/lanes';
import { type Translate, useText } from '../../../i18n/use-text';

export type LanesText = Translate<typeof lanes.texts>;

/** The texts of the lanes in the language of the page. */
export const useLanesText = (): LanesText => useText(lanes).t;
