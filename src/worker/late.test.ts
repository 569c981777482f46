import { expect, it } from 'vitest';
import { defineKind, giveSentences, type Sentence } from '../engine/core/kinds';
import { parseScenario } from '../engine/scenario/parse';
import { ManualClock, toyFile } from './fixtures/harness';
import { toyProduct } from './fixtures/toy-product';
import { Host } from './host';
import * as late from './late';
import type { FromEngine } from './protocol';

/** A host whose late part has not come, what it said, and what brings that part or fails to. */
function host() {
  const said: FromEngine[] = [];
  const clock = new ManualClock();
  let come: (part: typeof late) => void = () => {};
  let fail: (reason: Error) => void = () => {};
  let asked = 0;
  const made = new Host((update) => said.push(structuredClone(update)), {
    now: clock.now,
    defer: clock.defer,
    product: toyProduct,
    late: () => {
      asked++;
      return new Promise((resolve, reject) => {
        come = resolve;
        fail = reject;
      });
    },
  });
  const settle = async () => {
    await Promise.resolve();
    clock.settle();
  };
  return {
    said,
    settle,
    receive: made.receive.bind(made),
    types: () => said.map(({ type }) => type).filter((type) => type !== 'alive'),
    asked: () => asked,
    come: async () => {
      come(late);
      await settle();
    },
    fail: async () => {
      fail(new Error('no network'));
      await settle();
    },
  };
}

function readToy() {
  const read = parseScenario(toyFile());
  if (!read.ok) throw new Error(read.problem.message.en);
  return read;
}

it('shows a scenario that was read before without what comes late, and asks for it then', async () => {
  const { receive, settle, types, asked } = host();
  receive({ type: 'load', run: 1, source: toyFile(), read: readToy() });
  await settle();
  expect([types(), asked()]).toEqual([['loaded', 'history'], 0]);
  receive({ type: 'frame', view: true });
  await settle();
  expect([types(), asked()]).toEqual([['loaded', 'history', 'frame'], 1]);
});

it('holds a file, and everything behind it in order, until it can be read', async () => {
  const { receive, settle, types, come } = host();
  receive({ type: 'load', run: 1, source: toyFile() });
  receive({ type: 'frame', view: true });
  receive({ type: 'ping' });
  await settle();
  expect(types()).toEqual([]);
  await come();
  expect(types()).toEqual(['loaded', 'history', 'frame']);
});

it('refuses a file when the rest cannot be fetched, and tries again with the next request', async () => {
  const { receive, settle, types, said, fail, come } = host();
  receive({ type: 'load', run: 1, source: toyFile() });
  await settle();
  await fail();
  await settle();
  expect(types()).toEqual(['unreadable']);
  expect(said.at(-1)).toMatchObject({ message: { en: expect.stringContaining('could not be fetched') } });
  receive({ type: 'load', run: 2, source: toyFile() });
  await come();
  expect(types()).toEqual(['unreadable', 'loaded', 'history']);
});

it('plays on without the rest, refuses what needs it, and fetches it again when it is needed', async () => {
  const { receive, settle, types, said, asked, fail, come } = host();
  receive({ type: 'load', run: 1, source: toyFile(), read: readToy() });
  receive({ type: 'frame', view: true });
  await settle();
  await fail();
  receive({ type: 'act', action: { do: 'kill', target: 'b' } });
  receive({ type: 'ask', id: 1, question: { kind: 'digest' } });
  receive({ type: 'seek', to: { timeUs: 2_000_000 } });
  await settle();
  await fail();
  expect(types()).toEqual(['loaded', 'history', 'frame', 'refused', 'answer']);
  receive({ type: 'frame', view: true });
  await settle();
  expect(said.findLast(({ type }) => type === 'frame')).toMatchObject({ nowUs: 2_000_000 });
  expect(asked()).toBe(2);
  receive({ type: 'ask', id: 2, question: { kind: 'digest' } });
  expect([types().at(-1), asked()]).toEqual(['answer', 2]);
  receive({ type: 'act', action: { do: 'kill', target: 'b' } });
  await come();
  expect([types().at(-1), asked()]).toEqual(['history', 3]);
});

it('brings what comes late before a run that was changed by actions', async () => {
  const { receive, settle, types, come } = host();
  receive({ type: 'load', run: 1, source: toyFile(), read: readToy(), actions: [] });
  await settle();
  expect(types()).toEqual([]);
  await come();
  expect(types()).toEqual(['loaded', 'history']);
});

it('tells no entry and no mark before their sentences are there, and all of them then', async () => {
  const words: Sentence = { en: '{node} waits.', zh: '{node} 等待。' };
  const mute = defineKind('test.mute', 'EN-1', { say: undefined as unknown as Sentence });
  const { receive, settle, said, come } = host();
  receive({ type: 'load', run: 1, source: toyFile(), read: readToy() });
  receive({ type: 'seek', to: { timeUs: 2_000_000 } });
  receive({ type: 'frame', view: true });
  await settle();
  const frames = () => said.filter((update) => update.type === 'frame');
  expect(frames().at(-1)).toMatchObject({ entries: { list: [], leftOut: 0 }, marks: { list: [] } });
  giveSentences({ 'test.mute': words });
  expect(mute.say).toBe(words);
  await come();
  receive({ type: 'frame', view: false });
  await settle();
  const { entries } = frames().at(-1) ?? {};
  expect(entries?.from).toBe(0);
  expect((entries?.list.length ?? 0) + (entries?.leftOut ?? 0)).toBeGreaterThan(0);
  expect(entries?.list.every(({ text }) => text.en !== '' && text.zh !== '')).toBe(true);
});
