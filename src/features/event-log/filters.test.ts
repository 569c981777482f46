import { expect, it } from 'vitest';
import type { EntryView } from '../../worker/protocol';
import { isFiltered, NO_FILTERS, toJsonLines, toQuestion } from './filters';

it('asks for nothing that was left open', () => {
  expect(toQuestion(NO_FILTERS)).toEqual({});
  expect(isFiltered(NO_FILTERS)).toBe(false);
});

it('asks for rules in capitals and for texts without spaces around', () => {
  expect(toQuestion({ node: 0, rule: ' br-12 ', message: 7, text: ' flush ', beatsOnly: true })).toEqual({
    node: 0,
    rule: 'BR-12',
    message: 7,
    text: 'flush',
    beatsOnly: true,
  });
  expect(isFiltered({ ...NO_FILTERS, node: 0 })).toBe(true);
});

it('writes one JSON object a line, in the language of the page', () => {
  const entry: EntryView = {
    id: 4,
    timeUs: 71_900_000,
    node: 2,
    type: 'host.power-lost',
    rule: 'EN-3',
    cause: -1,
    beat: 'fault',
    message: -1,
    text: { en: 'broker-b loses power.', zh: 'broker-b 断电。' },
  };
  const [first, second] = toJsonLines(
    [entry, { ...entry, id: 5, cause: 4, node: -1 }],
    (node) => ['', '', 'b'][node],
    'zh',
  )
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ id: 4, node: 'b', cause: null, message: null, text: 'broker-b 断电。' });
  expect(second).toMatchObject({ id: 5, node: null, cause: 4 });
});
