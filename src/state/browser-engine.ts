import { del, get, set } from 'idb-keyval';
import { openWorker } from '../worker/worker-transport';
import type { RunStorage } from './autosave';
import { Engine } from './engine';
import { readSettings, type SettingsStorage } from './settings';
import { usePlayground } from './store';

/** Where this device keeps what a reload is to bring back. */
export const deviceStorage: RunStorage = { get, set, del };

let current: Engine | undefined;

/** The page's engine: started when somebody first asks for it. */
export function engine(): Engine {
  current ??= startEngine();
  return current;
}

/** Puts another engine in its place, or none. For tests. */
export function setEngine(other: Engine | undefined): void {
  current = other;
}

function startEngine(): Engine {
  const settingsStorage = storageOf(() => localStorage);
  usePlayground.setState({ settings: readSettings(settingsStorage, navigator.languages) });
  return new Engine(usePlayground, {
    open: openWorker,
    now: () => performance.now(),
    every: (ms, work) => {
      const timer = setInterval(work, ms);
      return () => clearInterval(timer);
    },
    nextFrame: (draw) => requestAnimationFrame(draw),
    prefersReducedMotion: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
    runStorage: deviceStorage,
    settingsStorage,
  });
}

/** Reading the property throws where storage is forbidden. */
function storageOf(read: () => SettingsStorage): SettingsStorage | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
