import type { Sentence } from '../engine/core/kinds';

/** Sentences by type of kind that the build took out of the kinds; elsewhere each kind has its own. */
export const sentences: Readonly<Record<string, Sentence>> = {};
