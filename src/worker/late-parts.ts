/**
 * Puts the parts of the engine that a first visit does without into the places that are kept for them. From the source
 * they are there from the beginning: only the built worker has anything to do here.
 */
export function joinParts(): void {}
