import { describe, expect, it } from 'vitest';
import { createHarness, goTo, KILL, loaded, picture, SECOND, toyFile } from './fixtures/harness';

describe('loading', () => {
  it('tells the scenario as it was read', () => {
    const { last } = loaded();
    expect(last('loaded')?.scenario.producers[0]?.id).toBe('p');
    expect(last('history')).toMatchObject({ actions: [], undo: 0, redo: 0 });
  });

  it('refuses a file with the place of its first mistake, and the run before goes on', async () => {
    const harness = loaded();
    harness.client.send({ type: 'seek', to: { timeUs: SECOND } });
    harness.client.load('{"format": 1}');
    harness.clock.settle();
    expect(harness.last('unreadable')?.message.en).not.toBe('');
    expect(harness.frame().nowUs).toBe(SECOND);
  });

  it('goes to the moment of a link and says whether its trace is the one expected', async () => {
    const there = loaded();
    const { step } = goTo(there, { timeUs: 3 * SECOND });
    const digest = await there.digest();
    const here = createHarness();
    here.client.load(toyFile(), { moment: { step }, digest });
    here.clock.settle();
    expect(here.last('loaded')).toMatchObject({ digest, asExpected: true });
    here.client.load(toyFile(21), { moment: { step }, digest });
    here.clock.settle();
    expect(here.last('loaded')?.asExpected).toBe(false);
  });
});

describe('time travel', () => {
  it('shows the same after a jump as after running through', async () => {
    const harness = loaded(
      toyFile(50, {
        actions: [
          { at: '2s', ...KILL },
          { at: '4s', do: 'restart', target: 'b' },
        ],
      }),
    );
    const through = await picture(harness, goTo(harness, { timeUs: 2_500_000 }));
    goTo(harness, { timeUs: 30 * SECOND });
    expect(await picture(harness, goTo(harness, { timeUs: 2_500_000 }))).toEqual(through);
    goTo(harness, { timeUs: 0 });
    const again = goTo(harness, { step: through.step, timeUs: through.nowUs });
    expect(await picture(harness, again)).toEqual(through);
  });

  it('steps one event forward and back to the same picture', async () => {
    const harness = loaded();
    goTo(harness, { timeUs: SECOND });
    const { client, clock } = harness;
    for (let i = 0; i < 20; i++) {
      client.send({ type: 'step', unit: 'event', direction: 1 });
      clock.settle();
      const before = await picture(harness);
      client.send({ type: 'step', unit: 'event', direction: 1 });
      clock.settle();
      const after = await picture(harness);
      expect(after.nowUs).toBeGreaterThanOrEqual(before.nowUs);
      expect(after.step).toBe(before.step + 1);
      client.send({ type: 'step', unit: 'event', direction: -1 });
      clock.settle();
      expect(await picture(harness)).toEqual(before);
    }
  });
});

describe('actions', () => {
  it('does an action at the playhead and refuses one with the words of the product', async () => {
    const harness = loaded();
    goTo(harness, { timeUs: SECOND });
    harness.client.send({ type: 'act', action: { do: 'pause', target: 'c' } });
    harness.client.send({ type: 'act', action: { do: 'kill', target: 'nobody' } });
    harness.clock.settle();
    expect(harness.all('refused').map(({ message }) => message.en)).toEqual([
      'Not for toys.',
      expect.stringContaining('nobody'),
    ]);
    harness.client.send({ type: 'act', action: KILL });
    harness.clock.settle();
    expect(harness.last('history')).toMatchObject({
      actions: [{ do: 'kill', atUs: SECOND, afterStep: null }],
      undo: 1,
    });
    expect(harness.frame().entries.list.map(({ type }) => type)).toContain('host.power-lost');
  });

  it('replays a recorded action at the same point, also one between two events of equal time', async () => {
    const harness = loaded();
    const { client, clock } = harness;
    goTo(harness, { timeUs: SECOND });
    client.send({ type: 'step', unit: 'event', direction: 1 });
    client.send({ type: 'act', action: KILL });
    clock.settle();
    expect(harness.last('history')?.actions[0]).toMatchObject({ atUs: null, afterStep: expect.any(Number) });
    const after = await picture(harness, goTo(harness, { timeUs: 20 * SECOND }));
    goTo(harness, { timeUs: 0 });
    expect(await picture(harness, goTo(harness, { timeUs: 20 * SECOND }))).toEqual(after);
  });

  it('takes an action back and does it again, with the same digests', async () => {
    const harness = loaded();
    const { client, clock } = harness;
    const without = await picture(harness, goTo(harness, { timeUs: 8 * SECOND }));
    goTo(harness, { timeUs: 2 * SECOND });
    client.send({ type: 'act', action: KILL });
    const withIt = await picture(harness, goTo(harness, { timeUs: 8 * SECOND }));
    expect(withIt.digest).not.toBe(without.digest);

    client.send({ type: 'undo' });
    clock.settle();
    expect(harness.frame().nowUs).toBe(2 * SECOND);
    expect(harness.last('history')).toMatchObject({ actions: [], undo: 0, redo: 1 });
    expect(await picture(harness, goTo(harness, { timeUs: 8 * SECOND }))).toEqual(without);

    client.send({ type: 'redo' });
    clock.settle();
    expect(harness.last('history')).toMatchObject({ actions: [{ do: 'kill' }], undo: 1, redo: 0 });
    expect(await picture(harness, goTo(harness, { timeUs: 8 * SECOND }))).toEqual(withIt);
  });

  it.each([0, 3])(
    'shows an action that is brought back at once, %i s after its moment too',
    async (later) => {
      const harness = loaded();
      const { client, clock } = harness;
      goTo(harness, { timeUs: 2 * SECOND });
      client.send({ type: 'act', action: KILL });
      clock.settle();
      const done = await picture(harness);
      client.send({ type: 'undo' });
      clock.settle();
      expect((await picture(harness)).digest).not.toBe(done.digest);
      goTo(harness, { timeUs: (2 + later) * SECOND });
      client.send({ type: 'redo' });
      clock.settle();
      expect(await picture(harness)).toEqual(done);
    },
  );

  it('keeps a replaced future as one undo', async () => {
    const harness = loaded();
    const { client, clock } = harness;
    for (const [timeUs, action] of [
      [2 * SECOND, KILL],
      [4 * SECOND, { do: 'restart', target: 'b' }],
    ] as const) {
      goTo(harness, { timeUs });
      client.send({ type: 'act', action });
    }
    const first = await picture(harness, goTo(harness, { timeUs: 9 * SECOND }));
    goTo(harness, { timeUs: SECOND });
    client.send({ type: 'act', action: { do: 'kill', target: 'b', failure: 'process' } });
    clock.settle();
    expect(harness.last('history')?.actions).toHaveLength(1);
    client.send({ type: 'undo' });
    clock.settle();
    expect(harness.last('history')?.actions).toHaveLength(2);
    expect(harness.frame().headUs).toBeGreaterThanOrEqual(9 * SECOND);
    expect(await picture(harness, goTo(harness, { timeUs: 9 * SECOND }))).toEqual(first);
  });

  it('takes back many in a row and brings all of them back', async () => {
    const harness = loaded();
    const { client, clock } = harness;
    const pictures = [await picture(harness, goTo(harness, { timeUs: 20 * SECOND }))];
    for (let i = 1; i <= 4; i++) {
      goTo(harness, { timeUs: i * SECOND });
      client.send({ type: 'act', action: i % 2 === 1 ? KILL : { do: 'restart', target: 'b' } });
      pictures.push(await picture(harness, goTo(harness, { timeUs: 20 * SECOND })));
    }
    for (let i = 3; i >= 0; i--) {
      client.send({ type: 'undo' });
      clock.settle();
      expect(await picture(harness, goTo(harness, { timeUs: 20 * SECOND }))).toEqual(pictures[i]);
    }
    for (let i = 1; i <= 4; i++) {
      client.send({ type: 'redo' });
      clock.settle();
      expect(await picture(harness, goTo(harness, { timeUs: 20 * SECOND }))).toEqual(pictures[i]);
    }
  });

  it('leaves a playhead that stands before the action where it is', async () => {
    const harness = loaded();
    const { client, clock } = harness;
    goTo(harness, { timeUs: 5 * SECOND });
    client.send({ type: 'act', action: KILL });
    goTo(harness, { timeUs: SECOND });
    client.send({ type: 'undo' });
    clock.settle();
    expect(harness.frame().nowUs).toBe(SECOND);
    const marks = goTo(harness, { timeUs: 9 * SECOND }).marks.list;
    expect(marks.map(({ type }) => type)).not.toContain('host.power-lost');
  });
});

describe('frames', () => {
  it('come only when asked for, one for each, and none when nothing is new', () => {
    const { client, clock, all } = loaded();
    expect(all('frame')).toHaveLength(0);
    client.send({ type: 'frame', view: true });
    client.send({ type: 'frame', view: true });
    clock.settle();
    expect(all('frame')).toHaveLength(1);
    client.send({ type: 'frame', view: true });
    clock.settle();
    expect(all('frame')).toHaveLength(1);
    client.send({ type: 'step', unit: 'event', direction: 1 });
    clock.settle();
    expect(all('frame')).toHaveLength(2);
  });

  it('bring the picture that a moving frame left out', () => {
    const harness = loaded();
    expect(harness.frame(false).view).toBeUndefined();
    expect(harness.frame(true).view?.clients[0]?.id).toBe('p');
  });

  it('tell with the picture what senders were told up to its very moment', async () => {
    const harness = loaded(toyFile(200));
    for (const timeUs of [2 * SECOND, 2.004 * SECOND, SECOND]) {
      harness.client.send({ type: 'seek', to: { timeUs } });
      harness.clock.settle();
      const frame = harness.frame();
      const asked = harness.client.ask({ kind: 'report' });
      harness.clock.settle();
      const answer = await asked;
      if (answer.kind !== 'report') throw new Error(answer.kind);
      expect(frame.nowUs).toBe(timeUs);
      expect(frame.sends).toEqual(answer.report.sends);
      expect(frame.sends?.SEND_OK).toBeGreaterThan(100);
    }
  });

  it('tell each entry once, and after a jump back only what changes', () => {
    const harness = loaded();
    const first = goTo(harness, { timeUs: SECOND });
    expect(first.entries.from).toBe(0);
    const told = first.entries.leftOut + first.entries.list.length;
    const second = goTo(harness, { timeUs: 2 * SECOND });
    expect(second.entries.from).toBe(told);
    expect(second.entries.list[0]?.id).toBe(told + second.entries.leftOut);
    const back = goTo(harness, { timeUs: SECOND });
    expect(back.entries).toMatchObject({ from: told, list: [], leftOut: 0 });
  });

  it('leave out what is too much, and count it', () => {
    const { entries } = goTo(loaded(toyFile(500)), { timeUs: 10 * SECOND });
    expect(entries.list).toHaveLength(200);
    expect(entries.leftOut).toBeGreaterThan(1_000);
  });

  it('draw what is on the wire, with its message', () => {
    const harness = loaded(toyFile(20, { environment: { network: { latencyMs: 20, jitterMs: 0 } } }));
    const { motion, nowUs } = goTo(harness, { timeUs: 3 * SECOND + 10_000 });
    expect(motion.count).toBeGreaterThan(0);
    for (let i = 0; i < motion.count; i++) {
      expect(motion.sentUs[i]).toBeLessThanOrEqual(nowUs);
      expect(motion.arriveUs[i]).toBeGreaterThan(nowUs);
      expect(motion.message[i]).toBeGreaterThanOrEqual(0);
    }
    const toBroker = [...motion.flows.from].findIndex((from, i) => from === 0 && motion.flows.to[i] === 1);
    expect(Math.round((motion.flows.perSecond[toBroker] ?? 0) / 5)).toBe(4);
  });

  it('know the marks ahead of the playhead before it gets there', () => {
    const harness = loaded(toyFile(5, { actions: [{ at: '30s', ...KILL }] }));
    const { nowUs, marks, headUs } = harness.frame();
    expect(nowUs).toBe(0);
    const kill = marks.list.find(({ type }) => type === 'host.power-lost');
    expect(kill).toMatchObject({ timeUs: 30 * SECOND, count: 1, beat: 'fault' });
    expect(headUs).toBeGreaterThanOrEqual(30 * SECOND);
  });
});
