import { common } from '../../i18n/areas/common';
import { controls } from '../../i18n/areas/controls';
import { terms } from '../../i18n/areas/terms';
import { type Translate, useText } from '../../i18n/use-text';
import type { Unit } from './model/units';

export type T = Translate<typeof controls.texts>;

export const useT = (): T => useText(controls).t;
export const useCommon = (): Translate<typeof common.texts> => useText(common).t;
export const useTerms = (): Translate<typeof terms.texts> => useText(terms).t;

const UNIT_WORDS = {
  pages: 'unitPages',
  messages: 'unitMessages',
  threads: 'unitThreads',
  queues: 'unitQueues',
  retries: 'unitRetries',
  requests: 'unitRequests',
  replicas: 'unitReplicas',
  buffers: 'unitBuffers',
  files: 'unitFiles',
  offsets: 'unitOffsets',
  checks: 'unitChecks',
  periods: 'unitPeriods',
  slots: 'unitSlots',
} as const;

/** A unit as it is written behind a number; units of measure are the same in both languages. */
export function unitText(unit: Unit, t: T): string {
  return unit in UNIT_WORDS ? t(UNIT_WORDS[unit as keyof typeof UNIT_WORDS]) : unit;
}
