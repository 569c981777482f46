import type { ReadScenario } from '../../engine/scenario/types';

/**
 * A built-in scenario: a file of the public format, with one sentence that says what there is to see and a
 * first action worth doing. `action` is that action as a scenario file writes it, without its moment.
 */
export interface CatalogEntry {
  readonly id: string;
  /** Number of the lesson that it belongs to, 12 of S12; 0: none. */
  readonly lesson: number;
  readonly file: unknown;
  /** What the file reads as, where that was found out when the site was built. */
  readonly read?: ReadScenario | undefined;
  readonly sentence: Text;
  readonly first: { readonly text: Text; readonly action: Readonly<Record<string, unknown>> };
}

export interface Text {
  readonly en: string;
  readonly zh: string;
}
