import { canvas } from '../../i18n/areas/canvas';
import { type Translate, useText } from '../../i18n/use-text';

export type T = Translate<typeof canvas.texts>;

/** The texts of the graph in the language of the page. */
export const useT = (): T => useText(canvas).t;
