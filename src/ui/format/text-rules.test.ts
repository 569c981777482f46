import { expect, it } from 'vitest';
import { textFaults } from './text-rules';

it.each([
  ['{{count}} lost', '丢失 {{count}} 条'],
  ['kill -9', 'kill -9'],
  ['No copy is left anywhere. P1 was told SEND_OK.', '任何地方都没有副本了，而 P1 已收到 SEND_OK。'],
  ['pause, play', '暂停、播放'],
  [', ', '、'],
  ['+{{count}}', '+{{count}}'],
])('accepts %s / %s', (en, zh) => {
  expect(textFaults(en, zh)).toEqual([]);
});

it.each([
  ['{{count}} lost', '丢失', 'the placeholders differ'],
  ['lost', 'gone', 'no Han in the Chinese text'],
  ['lost 丢失', '丢失', 'Han in the English text'],
  ['Lost, gone', '丢失,没了', 'half-width punctuation beside Han'],
  ['power loss on broker-b', 'broker-b断电', 'no space between Han and Latin'],
  ['{{count}} lost', '丢失{{count}} 条', 'no space between Han and Latin'],
  ['Lost, gone', '丢失， 没了', 'a space beside full-width punctuation'],
  ['Lost!', '丢失！', 'an exclamation mark or an emoji'],
  ['', '丢失', 'empty, or spaces at an end'],
])('refuses %s / %s', (en, zh, fault) => {
  expect(textFaults(en, zh)).toContain(fault);
});
