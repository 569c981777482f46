import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StoryMap } from '../fixtures/story-map';
import type { Pace } from '../protocol';
import { Player } from './player';
import { HOP_MS, REST_MS, STRETCH_MS_MAX, type StoryBeat } from './story-pace';

const END_US = 300_000_000;

/** Beats in order of time; a hop knows the hop before it. */
const beats = fc
  .array(fc.record({ timeUs: fc.integer({ min: 0, max: END_US }), hop: fc.boolean() }), { maxLength: 30 })
  .map((list) => {
    let sinceUs: number | undefined;
    return list
      .toSorted((x, y) => x.timeUs - y.timeUs)
      .map((beat): StoryBeat => {
        if (!beat.hop) return beat;
        const hop = { ...beat, sinceUs };
        sinceUs = beat.timeUs;
        return hop;
      });
  });

describe('the story map', () => {
  it('never goes back, neither in time nor on the screen', () => {
    fc.assert(
      fc.property(
        beats,
        fc.array(fc.integer({ min: 0, max: END_US }), { maxLength: 20 }),
        (list, moments) => {
          const map = new StoryMap(0, END_US, list);
          const screen = moments.toSorted((x, y) => x - y).map((us) => map.screenMs(us));
          expect(screen).toEqual(screen.toSorted((x, y) => x - y));
          for (let ms = 0; ms < map.totalMs; ms += map.totalMs / 50) {
            expect(map.timeUs(ms + map.totalMs / 50)).toBeGreaterThanOrEqual(map.timeUs(ms));
          }
          expect(map.timeUs(map.totalMs)).toBe(END_US);
        },
      ),
    );
  });

  it('gives no stretch between two beats more than 1.2 s', () => {
    fc.assert(
      fc.property(beats, (list) => {
        const map = new StoryMap(0, END_US, list);
        const moments = [0, ...list.map(({ timeUs }) => timeUs), END_US];
        for (let i = 1; i < moments.length; i++) {
          const [fromUs, toUs] = [moments[i - 1] as number, moments[i] as number];
          const rests = fromUs > 0 && list.some(({ timeUs, hop }) => timeUs === fromUs && !hop);
          // The beginning of a moment is on the screen when it is reached, its rest belongs to it.
          const stretch = map.screenMs(toUs) - map.screenMs(fromUs) - (rests && toUs > fromUs ? REST_MS : 0);
          const restsAtZero =
            fromUs === 0 && list.some(({ timeUs, hop }) => timeUs === 0 && !hop) ? REST_MS : 0;
          expect(stretch - restsAtZero).toBeLessThanOrEqual(STRETCH_MS_MAX + 1e-6);
        }
      }),
    );
  });

  it('rests at a beat, and lets the followed message travel for its time', () => {
    const map = new StoryMap(0, 10_000_000, [
      { timeUs: 1_000_000, hop: true },
      { timeUs: 1_000_250, hop: true, sinceUs: 1_000_000 },
      { timeUs: 5_000_000, hop: false },
    ]);
    expect(map.screenMs(1_000_250) - map.screenMs(1_000_000)).toBe(HOP_MS);
    expect(map.screenMs(5_000_001) - map.screenMs(5_000_000)).toBeGreaterThanOrEqual(REST_MS);
    expect(map.timeUs(map.screenMs(5_000_000) + REST_MS / 2)).toBe(5_000_000);
  });

  it('shares the time of a hop between the parts that a beat makes of it', () => {
    const map = new StoryMap(0, 400, [
      { timeUs: 0, hop: true },
      { timeUs: 100, hop: false },
      { timeUs: 400, hop: true, sinceUs: 0 },
    ]);
    expect(map.screenMs(100)).toBe(HOP_MS / 4);
    expect(map.totalMs).toBe(HOP_MS + REST_MS);
  });
});

const story: Pace = { pacing: 'story', rate: 1, reduced: false };

describe('the player', () => {
  it('follows the map when it knows all beats, however unevenly it is called', () => {
    fc.assert(
      fc.property(beats, fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 40 }), (list, pieces) => {
        const inside = list.filter(({ timeUs }) => timeUs > 0);
        const map = new StoryMap(0, END_US, inside);
        const player = new Player(0, story);
        const ahead = { beats: [...inside, { timeUs: END_US, hop: false }], knownUs: END_US };
        let ms = 0;
        for (const piece of pieces) {
          ms += piece;
          const atUs = player.advance(piece, ahead);
          expect(Math.abs(atUs - map.timeUs(ms))).toBeLessThanOrEqual(1 + END_US * 1e-9);
        }
      }),
    );
  });

  it('gets near the horizon within 1.2 s when no beat is known, and there soon after', () => {
    const player = new Player(0, story);
    const ahead = { beats: [], knownUs: 200_000_000 };
    for (let ms = 0; ms < STRETCH_MS_MAX; ms += 20) player.advance(20, ahead);
    expect(player.advance(0, ahead)).toBeGreaterThan(190_000_000);
    for (let ms = 0; ms < 600; ms += 20) player.advance(20, ahead);
    expect(player.advance(0, ahead)).toBeGreaterThan(199_900_000);
  });

  it('is linear in clock pacing', () => {
    const player = new Player(0, { pacing: 'clock', rate: 0.001, reduced: false });
    expect(player.advance(1_000, { beats: [], knownUs: 0 })).toBe(1_000);
    player.pacing = { pacing: 'clock', rate: 1_000, reduced: false };
    expect(player.advance(10, { beats: [], knownUs: 0 })).toBe(1_000 + 10_000_000);
  });

  it('does not move the playhead when the pacing changes', () => {
    const player = new Player(0, { pacing: 'clock', rate: 1, reduced: false });
    const ahead = { beats: [{ timeUs: 9_000_000, hop: false }], knownUs: 20_000_000 };
    expect(player.advance(500, ahead)).toBe(500_000);
    player.pacing = story;
    expect(player.advance(0, ahead)).toBe(500_000);
    player.pacing = { ...story, reduced: true };
    expect(player.advance(0, ahead)).toBe(500_000);
  });

  it('goes beat by beat, one a second, with reduced motion', () => {
    const player = new Player(0, { ...story, reduced: true });
    const ahead = {
      beats: [
        { timeUs: 100, hop: true },
        { timeUs: 9_000_000, hop: false },
      ],
      knownUs: 20_000_000,
    };
    expect(player.advance(900, ahead)).toBe(0);
    expect(player.advance(200, ahead)).toBe(100);
    expect(player.advance(1_000, ahead)).toBe(9_000_000);
    expect(player.advance(1_000, ahead)).toBe(20_000_000);
  });
});
