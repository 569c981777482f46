import { describe, expect, it } from 'vitest';
import { goTo, type Harness, KILL, loaded, picture, SECOND, toyFile } from './fixtures/harness';
import type { Frame } from './protocol';

describe('playing', () => {
  const clockPace = { type: 'play', pacing: 'clock', rate: 2, reduced: false } as const;
  const storyPace = { type: 'play', pacing: 'story', rate: 1, reduced: false } as const;

  function play(harness: Harness, ms: number): Frame[] {
    const before = harness.all('frame').length;
    const endMs = harness.clock.nowMs + ms;
    while (harness.clock.nowMs < endMs) {
      harness.client.send({ type: 'frame', view: false });
      harness.clock.pass(20);
    }
    return harness.all('frame').slice(before);
  }

  it('keeps the rate of the clock and reports it', () => {
    const harness = loaded();
    harness.client.send(clockPace);
    const last = play(harness, 2_000).at(-1);
    expect(last?.nowUs).toBeGreaterThan(3.8 * SECOND);
    expect(last?.nowUs).toBeLessThanOrEqual(4 * SECOND);
    expect(last?.rateReached).toBeCloseTo(2, 0);
    harness.client.send({ type: 'pause' });
    expect(play(harness, 100).at(-1)?.nowUs).toBe(last?.nowUs);
  });

  it('says what it reaches when the machine is too slow', () => {
    const harness = loaded(toyFile(1_000));
    // The whole slice is over after a few looks at the clock.
    harness.clock.settle();
    harness.clock.lookMs = 2;
    harness.clock.turnsMax = 5;
    harness.client.send({ ...clockPace, rate: 1_000 });
    const last = play(harness, 1_000).at(-1);
    expect(last?.rateAsked).toBe(1_000);
    expect(last?.rateReached).toBeGreaterThan(0);
    expect(last?.rateReached).toBeLessThan(500);
  });

  it('stands still while nobody looks', () => {
    const harness = loaded();
    harness.client.send(clockPace);
    play(harness, 1_000);
    harness.clock.pass(60_000, 1_000);
    expect(play(harness, 20).at(-1)?.nowUs).toBeLessThan(2.5 * SECOND);
  });

  it('tells a story: rests at the fault, and folds the silence after it', () => {
    const harness = loaded(
      toyFile(5, {
        actions: [
          { at: '30s', ...KILL },
          { at: '150s', do: 'restart', target: 'b' },
        ],
      }),
    );
    harness.client.send(storyPace);
    const frames = play(harness, 45_000);
    const screenAt = (us: number) => frames.filter(({ nowUs }) => nowUs === us).length * 20;
    expect(screenAt(30 * SECOND)).toBeGreaterThanOrEqual(660);
    expect(screenAt(30 * SECOND)).toBeLessThanOrEqual(800);
    expect(screenAt(150 * SECOND)).toBeGreaterThanOrEqual(660);
    const times = frames.map(({ nowUs }) => nowUs);
    expect(times).toEqual(times.toSorted((x, y) => x - y));
    expect(frames.some(({ story }) => story?.resting)).toBe(true);
    expect(frames.some(({ followed }) => followed !== null)).toBe(true);
  });

  it('gives the hops of the selected message their time', () => {
    const harness = loaded();
    const { nowUs } = goTo(harness, { timeUs: SECOND });
    harness.client.send({ type: 'step', unit: 'beat', direction: 1 });
    harness.clock.settle();
    expect(harness.frame().nowUs).toBeGreaterThan(nowUs);
    const { followed } = harness.last('frame') as Frame;
    harness.client.send({ type: 'follow', message: (followed ?? 0) + 3 });
    harness.client.send(storyPace);
    const frames = play(harness, 4_000);
    expect(frames.at(-1)?.followed).toBe((followed ?? 0) + 3);
    const travelling = frames.filter(({ motion }) => [...motion.message].includes((followed ?? 0) + 3));
    // To the broker, and on to the consumer.
    expect(travelling.length * 20).toBeGreaterThanOrEqual(900);
  });

  it('goes to the next beat and back to the one before', () => {
    const harness = loaded(
      toyFile(0, {
        actions: [
          { at: '30s', ...KILL },
          { at: '90s', do: 'restart', target: 'b' },
        ],
      }),
    );
    const { client, clock, frame } = harness;
    const to = (direction: 1 | -1) => {
      client.send({ type: 'step', unit: 'beat', direction });
      clock.settle();
      return frame().nowUs;
    };
    expect(to(1)).toBe(30 * SECOND);
    expect(to(1)).toBe(90 * SECOND);
    expect(to(-1)).toBe(30 * SECOND);
    expect(to(-1)).toBe(0);
  });
});

describe('working in slices', () => {
  it('speaks at least every 50 ms while it jumps, and says how far it is', () => {
    const harness = loaded(toyFile(100));
    harness.clock.lookMs = 1;
    const heardAt: number[] = [];
    harness.client.send({ type: 'seek', to: { timeUs: 67 * SECOND } });
    let known = harness.heard.length;
    while (!harness.clock.isIdle) {
      harness.clock.settle(1);
      if (harness.heard.length > known) heardAt.push(harness.clock.nowMs);
      known = harness.heard.length;
    }
    const gaps = heardAt.slice(1).map((at, i) => at - (heardAt[i] as number));
    expect(gaps.length).toBeGreaterThan(2);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60);
    const alive = harness.all('alive').filter(({ replaying }) => replaying !== undefined);
    expect(alive.at(-1)?.replaying?.events).toBeGreaterThan(alive[0]?.replaying?.events ?? 0);
  });

  it('gives up a jump for a newer one, and lets actions wait for its end', async () => {
    const harness = loaded(toyFile(200));
    harness.clock.lookMs = 1;
    harness.client.send({ type: 'seek', to: { timeUs: 500 * SECOND } });
    harness.clock.settle(5);
    harness.client.send({ type: 'seek', to: { timeUs: SECOND } });
    harness.client.send({ type: 'act', action: KILL });
    harness.clock.settle();
    expect(harness.last('history')?.actions).toMatchObject([{ do: 'kill', atUs: SECOND }]);
    expect(harness.frame().nowUs).toBe(SECOND);
  });
});

describe('a mistake of the engine', () => {
  it('stops the run with what is known about it; going back before it is possible', async () => {
    const harness = loaded();
    const { client, clock } = harness;
    const before = await picture(harness, goTo(harness, { timeUs: SECOND }));
    client.send({ type: 'act', action: { do: 'freeze', target: 'p', for: '5s' } });
    client.send({ type: 'seek', to: { timeUs: 20 * SECOND } });
    clock.settle();
    expect(harness.last('failed')).toMatchObject({
      reason: 'it broke',
      rule: 'EN-1',
      seed: 7,
      timeUs: 6 * SECOND,
    });
    client.send({ type: 'undo' });
    clock.settle();
    expect(await picture(harness)).toEqual(before);
  });

  it('is not met before the playhead gets there', () => {
    const harness = loaded();
    goTo(harness, { timeUs: SECOND });
    harness.client.send({ type: 'act', action: { do: 'freeze', target: 'p', for: '5s' } });
    harness.clock.settle();
    expect(harness.all('failed')).toEqual([]);
    expect(harness.frame().headUs).toBeGreaterThanOrEqual(5 * SECOND);
  });
});
