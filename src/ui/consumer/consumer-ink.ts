const INKS = 6;

/** The colour that identifies the nth consumer, from 1. It never stands without the consumer's label. */
export function consumerInk(ordinal: number): string {
  return `var(--c-g${((ordinal - 1) % INKS) + 1})`;
}

/** From the seventh consumer on the six colours come again, and a ribbon has a double line. */
export function hasDoubleRibbon(ordinal: number): boolean {
  return ordinal > INKS;
}
