/**
 * A small file that a broker rewrites whole: `topics.json`, `consumerOffset.json`. Written without fsync (BR-19):
 * the page cache has it at once, the disk when the file system commits its journal.
 */
export interface MetadataFile<T> {
  /** Newest last; the first is on the disk. Contents are immutable and marked `frozen`. */
  versions: { readonly frozen: true; readonly writtenUs: number; readonly content: T }[];
}

/** ext4 commits its journal every 5 s (mount option `commit`), and a replaced file's data with it. */
const JOURNAL_COMMIT_US = 5_000_000;

/** A file that was written long ago. */
export function createMetadataFile<T>(content: T): MetadataFile<T> {
  return { versions: [{ frozen: true, writtenUs: Number.NEGATIVE_INFINITY, content }] };
}

/** What a process that reads the file now gets. */
export function readMetadata<T>(file: MetadataFile<T>): T {
  return (file.versions[file.versions.length - 1] as { content: T }).content;
}

export function writeMetadata<T>(file: MetadataFile<T>, content: T, nowUs: number): void {
  file.versions.push({ frozen: true, writtenUs: nowUs, content });
  while (file.versions.length > 1 && isDurable(file.versions[1]?.writtenUs ?? nowUs, nowUs))
    file.versions.shift();
}

/** The host lost power: versions that the journal had not committed are gone. Returns how many. */
export function loseUnsyncedMetadata<T>(file: MetadataFile<T>, nowUs: number): number {
  const before = file.versions.length;
  while (
    file.versions.length > 1 &&
    !isDurable(file.versions[file.versions.length - 1]?.writtenUs ?? 0, nowUs)
  ) {
    file.versions.pop();
  }
  return before - file.versions.length;
}

function isDurable(writtenUs: number, nowUs: number): boolean {
  return writtenUs + JOURNAL_COMMIT_US <= nowUs;
}
