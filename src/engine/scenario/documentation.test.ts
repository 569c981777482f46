import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { createArena, keyText } from '../model/world';
import { CONFIG_TABLES, type ConfigRole } from './config';
import * as limits from './limits';
import type { KeySpec } from './rocketmq-key-spec';
import { SAMPLE } from './sample.fixture';
import { file, refused } from './scenario.fixture';
import { scenario } from './schema';

const DOCUMENT = readFileSync(new URL('../../../docs/scenario-format.md', import.meta.url), 'utf8');

/** Names of all fields that a schema knows, at any depth. */
function fieldsOf(schema: z.core.$ZodType, found = new Set<string>()): Set<string> {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'optional') fieldsOf(def.innerType, found);
  if (def.type === 'array') fieldsOf(def.element, found);
  if (def.type === 'union') for (const option of def.options) fieldsOf(option, found);
  if (def.type === 'object') {
    for (const [name, inner] of Object.entries(def.shape)) fieldsOf(inner, found.add(name));
  }
  if (def.type === 'enum') for (const value of Object.values(def.entries)) found.add(String(value));
  if (def.type === 'literal') for (const value of def.values) found.add(String(value));
  return found;
}

function range({ type, values, min, max, off }: KeySpec): string {
  if (type === 'bool') return 'true, false';
  if (type === 'string') return 'text';
  if (values !== undefined) return values.join(', ');
  const bounded = max < 2_147_483_647 ? `${min} … ${max}` : `≥ ${min}`;
  return off === undefined ? bounded : `${off} (off), ${bounded}`;
}

/** A row of the document's key tables. */
function row(key: string, spec: KeySpec): string {
  const words = (value: KeySpec['default5']) =>
    typeof value === 'function' ? `${value({ cores: 8 })} (8 cores)` : String(value);
  const latest = spec.only === '4.9' ? '–' : words(spec.default5);
  const older = spec.only === '5.3' ? '–' : words(spec.default4);
  const effect = spec.inert === undefined ? (spec.settableAtRuntime ? 'at once' : 'restart') : 'none';
  return `| \`${key}\` | ${latest} | ${older} | ${range(spec)} | ${effect} |`;
}

describe('docs/scenario-format.md', () => {
  const code = [...DOCUMENT.matchAll(/`([^`\n]+)`|"([\w*.@/-]+)"/g)].flatMap(([, ticks, quotes]) => [
    ticks ?? quotes ?? '',
    ...(ticks ?? quotes ?? '').split(/[^\w*%-]+/),
  ]);

  it.each([...fieldsOf(scenario)])('names the field or value %s', (name) => {
    expect(code).toContain(name);
  });

  it.each(Object.keys(CONFIG_TABLES) as ConfigRole[])(
    'lists every key of a %s with its default and range',
    (role) => {
      const missing = Object.entries(CONFIG_TABLES[role])
        .map(([key, spec]) => row(key, spec))
        .filter((line) => !DOCUMENT.includes(line));
      expect(missing.join('\n')).toBe('');
    },
  );

  it.each([
    { brokers: [{ id: 'b', brokerName: 'b', config: { flushDiskTyp: 'SYNC_FLUSH' } }] },
    { brokers: [{ id: 'b', brokerName: 'b', config: { mappedFileSizeConsumeQueueExt: 1 } }] },
    { actions: [{ at: 5, do: 'restart', target: 'ns-1' }] },
    { actions: [{ at: '5s', do: 'kill', target: 'ns-1', failure: 'proces' }] },
    { actions: [{ at: '5s', do: 'kill', target: 'broker-a:9' }] },
    { format: 'mq-playground/scenario@2' },
  ])('quotes the message for mistake %#', (mistake) => {
    expect(DOCUMENT).toContain(`| ${refused(file(mistake)).message.en} |`);
  });

  it('says how generated keys are spelt', () => {
    expect([1, 17].map((key) => keyText(createArena(), key)).filter((key) => !code.includes(key))).toEqual(
      [],
    );
  });

  it('shows an example that is accepted', () => {
    const [, json] = /```json\n([\s\S]+?)```/.exec(DOCUMENT)!;
    expect(JSON.parse(json!)).toEqual(SAMPLE);
  });

  it.each(Object.entries(limits))('says the limit %s', (_, limit) => {
    const spelt = [String(limit), limit.toLocaleString('en-US').replaceAll(',', ' ')];
    const special: Readonly<Record<number, string>> = {
      [limits.FILE_BYTES_MAX]: '1 MiB',
      [limits.TIME_MAX_US]: 'one year',
    };
    expect([special[limit] ?? '', ...spelt].some((text) => text !== '' && DOCUMENT.includes(text))).toBe(
      true,
    );
  });
});
