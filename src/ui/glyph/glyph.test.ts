import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UI_WORDS } from '../words/words';
import { GLYPH_ROWS, glyphShapes } from './glyph-shapes';
import { describeMessage, MESSAGE_STATES, type MessageState } from './message-state';
import { PAINTS } from './paint';
import { spriteCode } from './sprites';

const ids = (state: MessageState) => glyphShapes(state).map((shape) => shape.id);

describe('the rows of a message', () => {
  it('draws one row for each copy and none for a copy that is not there', () => {
    expect(ids(MESSAGE_STATES.inFlight)).toEqual(['ground', 'outline']);
    expect(ids(MESSAGE_STATES.cacheOnly)).toEqual(['ground', 'mem', 'mem-stripes', 'outline']);
    expect(ids(MESSAGE_STATES.cacheAndSlave)).toEqual(['ground', 'mem', 'mem-stripes', 'slave', 'outline']);
    expect(ids(MESSAGE_STATES.diskAndSlave)).toEqual(['ground', 'mem', 'disk', 'slave', 'outline']);
    expect(ids(MESSAGE_STATES.slaveOnly)).toEqual(['ground', 'slave', 'outline']);
  });

  it('paints a volatile cache in amber stripes and a calm one without', () => {
    const mem = (state: MessageState) => glyphShapes(state).find((shape) => shape.id === 'mem')?.fill;
    expect(mem({ mem: 'volatile' })).toBe('mem-tint');
    expect(mem({ mem: 'calm', disk: true })).toBe('cache');
  });

  it('keeps every stripe inside its row and inside the square', () => {
    for (const half of [false, true]) {
      const stripes = glyphShapes({ mem: 'volatile', half }).find((shape) => shape.id === 'mem-stripes');
      const points = [...(stripes?.d ?? '').matchAll(/(-?[\d.]+) (-?[\d.]+)/g)];
      expect(points.length).toBeGreaterThan(8);
      for (const [, x, y] of points) {
        expect(Number(x)).toBeGreaterThanOrEqual(0.6);
        expect(Number(x)).toBeLessThanOrEqual(half ? 8 : 15.4);
        expect(Number(y)).toBeLessThanOrEqual(GLYPH_ROWS.mem.height);
      }
    }
  });

  it('shows no copy of a lost message, whatever else is said', () => {
    expect(ids({ lost: true, mem: 'calm', disk: true, slave: true })).toEqual(['ground', 'cross']);
  });
});

it('gives a cross to the lost message only', () => {
  const others: MessageState[] = [
    ...Object.values(MESSAGE_STATES).filter((state) => !('lost' in state)),
    { dead: true },
    { consumed: true },
    { half: true, mem: 'volatile' },
    { delayed: true },
    { duplicate: true },
    { outOfOrder: true },
    { retry: 1, disk: true },
  ];
  expect(others.filter((state) => ids(state).includes('cross'))).toEqual([]);
  const usesRed = (state: MessageState) =>
    glyphShapes(state).some(({ fill, stroke }) => fill?.startsWith('lost') || stroke?.startsWith('lost'));
  expect(others.filter(usesRed)).toEqual([]);
});

it('gives every look a number of its own', () => {
  const looks: MessageState[] = [
    ...Object.values(MESSAGE_STATES),
    { mem: 'volatile', slave: 'unflushed' },
    { half: true, mem: 'volatile' },
    { half: true, mem: 'calm', disk: true },
    { delayed: true },
    { retry: 1, mem: 'calm', disk: true },
    { dead: true },
    { duplicate: true },
    { outOfOrder: true },
    { consumed: true },
  ];
  const codes = [...looks, 'reply-ok' as const, 'reply-other' as const, 'beat' as const].map(spriteCode);
  expect(new Set(codes).size).toBe(codes.length);
  expect(spriteCode({ slave: 'disk' })).toBe(spriteCode({ slave: true }));
});

it('finds every paint in both themes', () => {
  const css = readFileSync(new URL('../tokens.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css.split('[data-theme="dark"]');
  for (const paint of PAINTS) {
    expect(light).toContain(`--c-${paint}: #`);
    expect(dark).toContain(`--c-${paint}: #`);
  }
});

it('says each state in words of both languages', () => {
  const { en, zh } = UI_WORDS;
  expect(describeMessage({ half: true, mem: 'calm', disk: true, slave: true }, en)).toBe(
    'half message · disk and slave',
  );
  expect(describeMessage({ retry: 2, disk: true }, zh)).toBe('第 2 次重试 · 仅磁盘，缓存已冷');
  for (const words of [en, zh]) {
    const said = Object.values(MESSAGE_STATES).map((state) => describeMessage(state, words));
    expect(new Set(said).size).toBe(said.length);
  }
});
