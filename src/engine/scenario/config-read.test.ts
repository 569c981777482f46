import { expect, it } from 'vitest';
import { CONFIG_TABLES } from './config';
import type { KeySpec } from './rocketmq-key-spec';

const sources = import.meta.glob<string>(
  ['../products/**/*.ts', '!**/*.test.ts', '!**/*.fixture.ts', '!**/rules/*.ts'],
  { query: '?raw', import: 'default', eager: true },
);
const code = Object.values(sources)
  .map((text) => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''))
  .join('\n');

/** Keys that a scenario may set although no code reads them: what does not matter here, and what will read the rest. */
const UNREAD: Readonly<Record<string, readonly string[]>> = {
  'a ConsumeQueue is written again from the CommitLog, so its flush shows nowhere': [
    'flushConsumeQueueLeastPages',
    'flushConsumeQueueThoroughInterval',
    'flushIntervalConsumeQueue',
  ],
  'no reader holds a file that is being deleted': ['destroyMapedFileIntervalForcibly'],
  'the pool never runs out of buffers': ['transientStorePoolSize'],
  'heartbeats are handled at once and wait in no queue': ['waitTimeMillsInHeartbeatQueue'],
  'a broker registers in each period, whether anything has changed or not': ['forceRegister'],
  'clients subscribe the retry topic by tags, which the filter lets through before it reads this key': [
    'filterSupportRetry',
  ],
};

const unread = Object.values(CONFIG_TABLES)
  .flatMap((table) => Object.entries(table as Readonly<Record<string, KeySpec>>))
  // A key that changes nothing in any cluster that can be built says so itself.
  .filter(([, spec]) => spec.inert === undefined)
  .map(([key]) => key)
  .filter((key) => !new RegExp(`\\b${key}\\b`).test(code));

it('every modelled configuration key is read by the engine, but for those that say why not', () => {
  expect([...new Set(unread)].sort()).toEqual(Object.values(UNREAD).flat().sort());
});
