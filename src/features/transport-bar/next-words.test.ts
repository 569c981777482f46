import { expect, it } from 'vitest';
import { Handlers } from '../../engine/core/sim';
import { registerNet } from '../../engine/model/net';
import { registerProcesses } from '../../engine/model/process';
import { rocketmq } from '../../engine/products/rocketmq';
import type { Lang } from '../../i18n/area';
import { nextEventKey, nextEventSentence } from './next-words';

const sources = import.meta.glob<string>(
  ['../../engine/products/rocketmq/**/*.ts', '!**/*.test.ts', '!**/*.fixture.ts'],
  { query: '?raw', import: 'default', eager: true },
);

it('has a text for each event and timer of the product: add it to i18n/areas/next-events.ts', () => {
  const handlers = new Handlers<never>();
  registerNet(handlers as never);
  registerProcesses(handlers as never);
  rocketmq.register(handlers as never);
  const timers = Object.values(sources).flatMap((text) =>
    [...text.matchAll(/defineTimer\(\s*'([^']+)'/g)].map(([, name]) => name as string),
  );
  expect(timers).toContain('client.heartbeat');
  const events = handlers.names.filter((type) => type !== 'timer.tick');
  expect(events).toContain('net.arrive');
  const named = [
    ...events.map((type) => ({ type, what: '' })),
    ...timers.map((what) => ({ type: 'timer.tick', what })),
  ];
  const wordless = named.filter((event) => nextEventKey(event) === undefined);
  expect(wordless.map(({ type, what }) => what || type)).toEqual([]);
});

it('tells whom it is about, who is at the other end, and the name of what nobody has written about', () => {
  const names = ['producer-1', 'broker-a:0'];
  const say = (lang: Lang, type: string, what = '') =>
    nextEventSentence({ timeUs: 0, node: 1, peer: 0, type, what }, lang, (node) => names[node]);
  expect(say('en', 'net.arrive', 'message')).toBe('broker-a:0 receives a message from producer-1');
  expect(say('zh', 'net.arrive', 'message')).toBe('broker-a:0 收到 producer-1 发来的消息');
  expect(say('en', 'timer.tick', 'broker.registration')).toBe(
    'broker-a:0 sends its heartbeat to the NameServers',
  );
  expect(say('en', 'request.SEND_MESSAGE')).toBe('broker-a:0 handles SEND_MESSAGE');
  expect(say('zh', 'timer.tick', 'new.timer')).toBe('broker-a:0 有内部事件“new.timer”到期');
});
