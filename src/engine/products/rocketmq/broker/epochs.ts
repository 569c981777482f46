/** `EpochFileCache`: where in a log each master's epoch began. Entries in order of epoch and position. */
export interface EpochEntry {
  readonly epoch: number;
  /** Physical offset of its first byte. */
  readonly startPhys: number;
}

export type Epochs = readonly EpochEntry[];

export const lastEpochOf = (epochs: Epochs) => epochs.at(-1)?.epoch ?? -1;

/** Appends an entry; one that is not higher and further than the last is refused, and nothing changes. */
export function appendEpoch(epochs: Epochs, entry: EpochEntry): Epochs {
  const last = epochs.at(-1);
  if (last !== undefined && (last.epoch >= entry.epoch || last.startPhys >= entry.startPhys)) return epochs;
  return [...epochs, entry];
}

/** Entries that begin at or behind an offset are gone (`truncateSuffixByOffset`). */
export const cutEpochs = (epochs: Epochs, phys: number): Epochs =>
  epochs.filter(({ startPhys }) => startPhys < phys);

/** Entries that end at or before an offset are gone, never the last (`truncatePrefixByOffset`). */
export const dropEpochs = (epochs: Epochs, phys: number): Epochs =>
  epochs.filter((_, index) => (epochs[index + 1]?.startPhys ?? Number.POSITIVE_INFINITY) > phys);

/** The master of an epoch begins it: at the end of its log, whatever its file said of that epoch before. */
export function beginEpoch(epochs: Epochs, epoch: number, endPhys: number): Epochs {
  const before = epochs.filter((entry) => entry.epoch < epoch);
  return appendEpoch(before, { epoch, startPhys: endPhys });
}

/** Where an epoch ends in a log that reaches up to `endPhys`. */
function endOf(epochs: Epochs, index: number, endPhys: number): number {
  return epochs[index + 1]?.startPhys ?? Math.max(endPhys, epochs[index]?.startPhys ?? 0);
}

/**
 * The offset up to which two logs are the same (`findConsistentPoint`): the newest epoch that both began at the same
 * place, up to where the shorter one has it. −1 when there is none.
 */
export function consistentPoint(
  own: Epochs,
  ownEndPhys: number,
  other: Epochs,
  otherEndPhys: number,
): number {
  for (let index = own.length - 1; index >= 0; index--) {
    const { epoch, startPhys } = own[index] as EpochEntry;
    const match = other.findIndex((entry) => entry.epoch === epoch && entry.startPhys === startPhys);
    if (match >= 0) return Math.min(endOf(own, index, ownEndPhys), endOf(other, match, otherEndPhys));
  }
  return -1;
}

/** The epoch that an offset belongs to, and where it ends; undefined before the first. */
export function epochAt(
  epochs: Epochs,
  phys: number,
): (EpochEntry & { readonly endPhys: number }) | undefined {
  for (let index = epochs.length - 1; index >= 0; index--) {
    const entry = epochs[index] as EpochEntry;
    if (entry.startPhys <= phys) {
      return { ...entry, endPhys: epochs[index + 1]?.startPhys ?? Number.POSITIVE_INFINITY };
    }
  }
  return undefined;
}
