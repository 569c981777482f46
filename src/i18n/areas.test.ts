import { describe, expect, it } from 'vitest';
import { textFaults } from '../ui/format/text-rules';
import { type Area, area, firstLang, type Lang, type Text, write } from './area';
import { common } from './areas/common';
import { KEY_MAP, keys } from './areas/keys';

const files = import.meta.glob<Record<string, unknown>>('./areas/*.ts', { eager: true });
const areas = Object.entries(files).flatMap(([path, module]) =>
  Object.values(module)
    .filter(isArea)
    .map((found) => ({ file: path.replace('./areas/', '').replace('.ts', ''), found })),
);

function isArea(value: unknown): value is Area {
  return typeof value === 'object' && value !== null && 'texts' in value && 'name' in value;
}

describe('every area', () => {
  it('is one, in a file of its own name', () => {
    expect(areas.map(({ file }) => file).sort()).toEqual(
      Object.keys(files)
        .map((path) => path.replace('./areas/', '').replace('.ts', ''))
        .sort(),
    );
    expect(areas.filter(({ file, found }) => found.name !== file).map(({ file }) => file)).toEqual([]);
  });

  it('says everything in both languages, as each is written', () => {
    const faults = areas.flatMap(({ found }) =>
      Object.entries(found.texts).flatMap(([key, { en, zh }]) =>
        (typeof en === 'string' ? [en] : [en.one, en.other]).flatMap((english) =>
          textFaults(english, zh).map((fault) => `${found.name}.${key}: ${fault}`),
        ),
      ),
    );
    expect(faults).toEqual([]);
  });
});

describe('a text with values', () => {
  const sample = area('sample', {
    lag: { en: 'lag {{lag}}', zh: '堆积 {{lag}}' },
    seed: { en: 'seed {{seed}}', zh: '种子 {{seed}}' },
    sent: { en: { one: '{{count}} message', other: '{{count}} messages' }, zh: '{{count}} 条' },
  });
  const texts: Record<string, Text> = sample.texts;
  const say = (lang: Lang, key: string, values: Record<string, unknown>) => write(texts[key]!, lang, values);

  it('writes numbers with commas in both languages, and strings as they are', () => {
    expect(say('en', 'lag', { lag: 2_208 })).toBe('lag 2,208');
    expect(say('zh', 'lag', { lag: -2_208.5 })).toBe('堆积 \u22122,208.5');
    expect(say('en', 'seed', { seed: '4217' })).toBe('seed 4217');
    expect(say('en', 'lag', { lag: '<b>' })).toBe('lag <b>');
  });

  it('tells one from many in English', () => {
    expect(say('en', 'sent', { count: 1 })).toBe('1 message');
    expect(say('en', 'sent', { count: 1_234 })).toBe('1,234 messages');
    expect(say('zh', 'sent', { count: 1 })).toBe('1 条');
  });
});

it('begins with the language chosen before, else with the browser’s', () => {
  expect(firstLang('zh', ['en-GB'])).toBe('zh');
  expect(firstLang(null, ['zh-TW', 'en'])).toBe('zh');
  expect(firstLang('fr', ['fr', 'zh'])).toBe('en');
  expect(firstLang(null, [])).toBe('en');
});

describe('the keys', () => {
  it('do one thing each in a place', () => {
    for (const rows of Object.values(KEY_MAP)) {
      const caps = rows.flatMap((row) => row.caps.map((together) => together.join(' ')));
      expect(new Set(caps).size).toBe(caps.length);
    }
  });

  it('are named with texts that exist', () => {
    const named = Object.values(KEY_MAP).flatMap((rows) => rows.map((row) => row.does));
    expect(named.filter((does) => !(does in keys.texts))).toEqual([]);
  });
});

it('keeps the glossary', () => {
  const { texts } = common;
  expect([texts.flush.zh, texts.offset.zh, texts.rebalance.zh, texts.deadLetterQueue.zh]).toEqual([
    '刷盘',
    '位点',
    '重平衡',
    '死信队列',
  ]);
});
