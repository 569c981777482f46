import { describe, expect, it } from 'vitest';
import { createHarness, type Harness, toyFile } from './fixtures/harness';
import type { AnswerTo, EntryFilter, EntryView, Question } from './protocol';

const SECOND = 1_000_000;
const KILL = { at: '20s', do: 'kill', target: 'b', failure: 'power' } as const;

function at(timeUs: number, file: unknown = toyFile(5, { actions: [KILL] })): Harness {
  const harness = createHarness();
  harness.client.load(file);
  harness.client.send({ type: 'seek', to: { timeUs } });
  harness.clock.settle();
  return harness;
}

async function ask<K extends Question['kind']>(
  harness: Harness,
  question: Question & { readonly kind: K },
): Promise<AnswerTo<K>> {
  const answer = await harness.ask(question);
  if (answer.kind !== question.kind) throw new Error(JSON.stringify(answer));
  return answer as AnswerTo<K>;
}

const entriesOf = (harness: Harness, filter: EntryFilter, max = 2_000, before?: number) =>
  ask(harness, { kind: 'entries', filter, max, before });

it('tells when the actions happen, those between two events as well', async () => {
  const harness = at(30 * SECOND);
  harness.client.send({ type: 'act', action: { do: 'restart', target: 'b' } });
  harness.clock.settle();
  const { timesUs } = await ask(harness, { kind: 'actions' });
  expect(timesUs).toEqual([20 * SECOND, 30 * SECOND]);
});

describe('entries', () => {
  it('come in order, newest last, as many as asked for, and go on before them', async () => {
    const harness = at(10 * SECOND);
    const all = await entriesOf(harness, {});
    expect(all.reachedStart).toBe(true);
    expect(all.entries.map(({ id }) => id)).toEqual(all.entries.map((_, i) => i));
    const newest = await entriesOf(harness, {}, 10);
    expect(newest.entries).toEqual(all.entries.slice(-10));
    expect(newest.reachedStart).toBe(false);
    const older = await entriesOf(harness, {}, 10, newest.entries[0]?.id);
    expect(older.entries).toEqual(all.entries.slice(-20, -10));
  });

  it.each<[string, EntryFilter, (entry: EntryView) => boolean]>([
    ['node', { node: 2 }, ({ node }) => node === 2],
    ['message', { message: 7 }, ({ message }) => message === 7],
    ['rule', { rule: 'PR-3' }, ({ rule }) => rule === 'PR-3'],
    ['words', { text: 'ACKNOWLEDGED' }, ({ text }) => text.en.includes('acknowledged')],
    ['Chinese words', { text: '已确认' }, ({ text }) => text.zh.includes('已确认')],
    ['beats', { beatsOnly: true }, ({ beat }) => beat !== 'none' && beat !== 'hop'],
  ])('are chosen by %s', async (_, filter, fits) => {
    const harness = at(30 * SECOND);
    const all = (await entriesOf(harness, {})).entries;
    const chosen = (await entriesOf(harness, filter)).entries;
    expect(chosen.length).toBeGreaterThan(0);
    expect(chosen).toEqual(all.filter(fits));
  });

  it('that a jump has cut from the window are made again', async () => {
    const harness = at(60 * SECOND, toyFile(200));
    const straight = await entriesOf(harness, { message: 4_000 });
    expect(straight.entries.length).toBeGreaterThan(3);
    // Back, and then forward over a snapshot: the window begins there.
    harness.client.send({ type: 'seek', to: { timeUs: SECOND } });
    harness.clock.settle();
    harness.client.send({ type: 'seek', to: { timeUs: 60 * SECOND } });
    harness.clock.settle();
    expect(await entriesOf(harness, { message: 4_000 })).toEqual(straight);
    const wanted = straight.entries.at(-1) as EntryView;
    const { entries } = await ask(harness, { kind: 'causes', entry: wanted.id });
    expect(entries.at(-1)).toEqual(wanted);
    expect(entries[0]).toMatchObject({ type: 'toy.sent', cause: -1, message: 4_000 });
  });
});

describe('a message', () => {
  it('is explained from its beginning, also after a jump', async () => {
    const harness = at(60 * SECOND, toyFile(200));
    harness.client.send({ type: 'seek', to: { timeUs: SECOND } });
    harness.client.send({ type: 'seek', to: { timeUs: 60 * SECOND } });
    harness.clock.settle();
    const { why } = await ask(harness, { kind: 'why', message: 2_000 });
    expect(why?.complete).toBe(true);
    expect(why?.steps[0]?.type).toBe('toy.sent');
  });

  it('that is lost names what took it', async () => {
    // The flush comes 10 ms after the first message of a batch: a power cut 3 ms after a store takes it.
    const harness = at(21 * SECOND, toyFile(5, { actions: [{ ...KILL, at: '20.004s' }] }));
    const marks = harness.frame().marks.list;
    const lost = marks.find(({ beat }) => beat === 'loss');
    expect(lost?.message).toBe(100);
    const { why } = await ask(harness, { kind: 'why', message: 100 });
    expect(why?.verdict).toBe('lost');
    expect(why?.steps.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['toy.sent', 'host.power-lost']),
    );
    const { details } = await ask(harness, { kind: 'message', message: 100 });
    expect(details).toMatchObject({ name: 'm-000100', result: 'SEND_OK', verdict: 'lost', copies: [] });
  });

  it('is found by its name and by its key', async () => {
    const harness = at(10 * SECOND);
    const byName = await ask(harness, { kind: 'find', text: 'M-000012', max: 10 });
    expect(byName.messages).toEqual([{ message: 12, name: 'm-000012', key: 'order-2' }]);
    const byKey = await ask(harness, { kind: 'find', text: 'order-2', max: 3 });
    expect(byKey.messages.map(({ message }) => message)).toEqual([2, 12, 22]);
    expect((await ask(harness, { kind: 'find', text: ' ', max: 3 })).messages).toEqual([]);
  });

  it('that does not exist has no details', async () => {
    const harness = at(SECOND);
    expect((await ask(harness, { kind: 'message', message: 10_000 })).details).toBeUndefined();
    expect((await ask(harness, { kind: 'why', message: 10_000 })).why).toBeUndefined();
    expect((await ask(harness, { kind: 'node', id: 'nobody' })).details).toBeUndefined();
  });
});

describe('the run', () => {
  it('reports itself, lists what comes next, and shows a node', async () => {
    const harness = at(10 * SECOND);
    const { report } = await ask(harness, { kind: 'report' });
    expect(report).toMatchObject({ untilMs: 10_000, seed: 7, sends: { SEND_OK: 50 } });
    const { events } = await ask(harness, { kind: 'next', max: 5 });
    expect(events).toHaveLength(5);
    expect(events.map(({ timeUs }) => timeUs)).toEqual(
      events.map(({ timeUs }) => timeUs).toSorted((x, y) => x - y),
    );
    const arrivals = events.filter(({ type }) => type === 'net.arrive');
    expect(arrivals.map(({ node, peer }) => [node, peer].toSorted().join())).toEqual(
      arrivals.map(() => '0,1'),
    );
    expect((await ask(harness, { kind: 'node', id: 'b' })).details?.process.id).toBe('b');
  });

  it('has curves: rates, latencies, statuses, what is not flushed', async () => {
    const harness = at(30 * SECOND, toyFile(50, { actions: [{ ...KILL, at: '20.004s' }] }));
    const { curves } = await ask(harness, { kind: 'curves', fromUs: 0, toUs: 60 * SECOND, pointsMax: 120 });
    expect([...curves.timeUs]).toEqual(Array.from({ length: 30 }, (_, i) => (i + 1) * SECOND));
    const { series } = curves;
    expect(series.sendRate[10]).toBe(50);
    expect(series.consumeRate[10]).toBe(50);
    expect(series.sendP50Us[10]).toBeGreaterThan(400);
    expect(series.sendP50Us[10]).toBeLessThan(800);
    expect(series.endToEndP50Us[10]).toBeGreaterThan(5_000);
    expect(series.SEND_OK[10]).toBe(50);
    expect(series.consumeRate[25]).toBe(0);
    expect(series.failed[25]).toBe(50);
    expect(series.sendP50Us[25]).toBeGreaterThan(2_500_000);
  });

  it('keeps its curves through time travel, and has others after another action', async () => {
    const harness = at(30 * SECOND, toyFile(50));
    const curves = async () =>
      (await ask(harness, { kind: 'curves', fromUs: 0, toUs: 30 * SECOND, pointsMax: 120 })).curves;
    const goTo = (timeUs: number) => {
      harness.client.send({ type: 'seek', to: { timeUs } });
      harness.clock.settle();
    };
    const before = await curves();
    goTo(10.5 * SECOND);
    expect((await curves()).timeUs).toHaveLength(10);
    goTo(30 * SECOND);
    expect(await curves()).toEqual(before);

    goTo(10.5 * SECOND);
    harness.client.send({ type: 'act', action: { do: 'kill', target: 'b', failure: 'power' } });
    goTo(30 * SECOND);
    const after = await curves();
    expect(after.series.sendRate).toEqual(before.series.sendRate);
    expect([...after.series.consumeRate.slice(0, 10)]).toEqual([...before.series.consumeRate.slice(0, 10)]);
    expect(after.series.consumeRate[10]).toBeGreaterThan(0);
    expect(after.series.consumeRate[10]).toBeLessThan(50);
    expect(after.series.consumeRate[20]).toBe(0);

    harness.client.send({ type: 'undo' });
    goTo(30 * SECOND);
    expect(await curves()).toEqual(before);
  });

  it('joins neighbours when there are more points than asked for', async () => {
    const harness = at(60 * SECOND);
    const { curves } = await ask(harness, { kind: 'curves', fromUs: 0, toUs: 60 * SECOND, pointsMax: 13 });
    expect([...curves.timeUs]).toEqual(Array.from({ length: 12 }, (_, i) => (i + 1) * 5 * SECOND));
    expect([...curves.spanUs]).toEqual(new Array(12).fill(5 * SECOND));
    expect(curves.series.sendRate[3]).toBe(5);
  });

  it('says so when there is none', async () => {
    const { ask: askNothing } = createHarness();
    expect((await askNothing({ kind: 'digest' })).kind).toBe('none');
  });
});
