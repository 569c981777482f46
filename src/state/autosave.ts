import type { Localized } from '../engine/view';
import type { ReadPackage } from './share/package';

/** Where a device keeps its run: IndexedDB, which may be missing, full or forbidden. */
export interface RunStorage {
  get(key: string): Promise<unknown>;
  set(key: string, value: string): Promise<void>;
  del(key: string): Promise<void>;
}

const KEY = 'run';
/** What could not be read is kept here, until the next such thing: it may still be worth something to somebody. */
const KEPT_ASIDE = 'run-unreadable';

export async function saveRun(storage: RunStorage, text: string): Promise<void> {
  await storage.set(KEY, text).catch(() => undefined);
}

/** The run that this device kept; null when there is none, a message when it cannot be read. */
export async function readSavedRun(
  storage: RunStorage,
): Promise<{ readonly run: ReadPackage } | { readonly message: Localized } | null> {
  const kept = await storage.get(KEY).catch(() => undefined);
  if (kept === undefined) return null;
  const { unpack } = await import('./share/package');
  const unpacked = unpack(typeof kept === 'string' ? kept : '');
  if (unpacked.ok) return { run: unpacked.run };
  await storage.set(KEPT_ASIDE, typeof kept === 'string' ? kept : String(kept)).catch(() => undefined);
  await storage.del(KEY).catch(() => undefined);
  return {
    message: {
      en: `The run that this device kept cannot be opened, and was put aside. ${unpacked.message.en}`,
      zh: `本设备保存的运行无法打开，已另外存放。${unpacked.message.zh}`,
    },
  };
}
