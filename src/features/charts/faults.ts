/** A moment at which a fault set in, and a word for it. */
export interface Fault {
  readonly atUs: number;
  readonly label: string;
}

/** The faults of a stretch, in seconds as the charts draw them; only the newest one carries its word. */
export function faultsWithin(
  faults: readonly Fault[],
  fromUs: number,
  toUs: number,
  worded: boolean,
): readonly { readonly at: number; readonly label?: string }[] {
  const inside = faults.filter(({ atUs }) => atUs >= fromUs && atUs <= toUs);
  const newest = inside.at(-1);
  return inside.map((fault) => ({
    at: fault.atUs / 1_000_000,
    ...(worded && fault === newest && { label: fault.label }),
  }));
}
