import { firstLang, type Lang } from '../i18n/area';
import type { Pacing } from '../worker/protocol';

/** What a person has chosen for good. Kept on the device. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly lang: Lang;
  readonly pacing: Pacing;
  /** Times as fast as told. */
  readonly storyRate: number;
  /** Simulated seconds a second. */
  readonly clockRate: number;
  readonly motion: 'system' | 'reduced' | 'full';
  /** Rules and class names beside what happens. */
  readonly expertHints: boolean;
  readonly singleKeys: boolean;
}

export const CLOCK_RATE_MIN = 0.001;
export const CLOCK_RATE_MAX = 1_000;
export const STORY_RATE_MIN = 0.25;
export const STORY_RATE_MAX = 4;
const KEY = 'mq-playground/settings';

/** What settings are kept in: `localStorage`, which may be missing, full or forbidden. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>;

export function defaultSettings(languages: readonly string[]): Settings {
  return {
    theme: 'system',
    lang: firstLang(null, languages),
    pacing: 'story',
    storyRate: 1,
    clockRate: 1,
    motion: 'system',
    expertHints: false,
    singleKeys: true,
  };
}

type Check<T> = (value: unknown) => value is T;

const oneOf =
  <T extends string>(...names: readonly T[]): Check<T> =>
  (value): value is T =>
    names.includes(value as T);
const within =
  (min: number, max: number): Check<number> =>
  (value): value is number =>
    typeof value === 'number' && value >= min && value <= max;
const isBoolean: Check<boolean> = (value) => typeof value === 'boolean';

/** Each setting by itself, so that one that cannot be read does not take the others along. */
const checks: { readonly [K in keyof Settings]: Check<Settings[K]> } = {
  theme: oneOf('system', 'light', 'dark'),
  lang: oneOf('en', 'zh'),
  pacing: oneOf('story', 'clock'),
  storyRate: within(STORY_RATE_MIN, STORY_RATE_MAX),
  clockRate: within(CLOCK_RATE_MIN, CLOCK_RATE_MAX),
  motion: oneOf('system', 'reduced', 'full'),
  expertHints: isBoolean,
  singleKeys: isBoolean,
};

/** The settings of this device; the default for each one that is missing or cannot be read. */
export function readSettings(storage: SettingsStorage | undefined, languages: readonly string[]): Settings {
  const defaults = defaultSettings(languages);
  const kept = stored(storage);
  const read = Object.entries(checks).flatMap(([key, check]) => (check(kept[key]) ? [[key, kept[key]]] : []));
  return { ...defaults, ...(Object.fromEntries(read) as Partial<Settings>) };
}

/** Keeps the settings. False when the device does not let it. */
export function writeSettings(storage: SettingsStorage | undefined, settings: Settings): boolean {
  try {
    storage?.setItem(KEY, JSON.stringify(settings));
    return storage !== undefined;
  } catch {
    return false;
  }
}

function stored(storage: SettingsStorage | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
