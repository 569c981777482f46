/** A moment at which a fault set in, and a word for it. */
export interface Fault {
  readonly atUs: number;
  readonly label: string;
}

/** The names of the curves stand in this part of a chart. */
const NAMES_SHARE = 0.22;

/**
 * The moments of a stretch at which faults set in, in seconds as the charts draw them: several at one moment are one
 * line. Only the newest carries its word.
 */
export function faultsWithin(
  faults: readonly Fault[],
  fromUs: number,
  toUs: number,
  /** Where the chart itself ends. */
  endUs: number,
  worded: boolean,
): readonly { readonly at: number; readonly label?: string }[] {
  const inside = faults.filter(
    ({ atUs }, i) => atUs >= fromUs && atUs <= toUs && faults[i + 1]?.atUs !== atUs,
  );
  const newest = inside.at(-1);
  const hasRoom = newest !== undefined && newest.atUs > fromUs + NAMES_SHARE * (endUs - fromUs);
  return inside.map((fault) => ({
    at: fault.atUs / 1_000_000,
    ...(worded && hasRoom && fault === newest && { label: fault.label }),
  }));
}
