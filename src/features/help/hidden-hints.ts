import { create } from 'zustand';

export type HintName = 'kill' | 'why' | 'back';

const KEY = 'mq-playground/hints';
const NAMES: readonly HintName[] = ['kill', 'why', 'back'];

export const HINT_COUNT = NAMES.length;

interface HiddenHints {
  /** Hidden on this device; where nothing can be kept, on this page. */
  readonly hidden: readonly HintName[];
  readonly hide: (name: HintName) => void;
  /** All of them may show again. */
  readonly forget: () => void;
}

export const useHiddenHints = create<HiddenHints>((set, get) => {
  const keep = (hidden: readonly HintName[]) => {
    set({ hidden });
    try {
      localStorage.setItem(KEY, JSON.stringify(hidden));
    } catch {
      // Then the hints show again on the next visit.
    }
  };
  return {
    hidden: read(),
    hide: (name) => {
      if (!get().hidden.includes(name)) keep([...get().hidden, name]);
    },
    forget: () => keep([]),
  };
});

function read(): readonly HintName[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? NAMES.filter((name) => kept.includes(name)) : [];
  } catch {
    return [];
  }
}
