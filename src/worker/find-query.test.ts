import { expect, it } from 'vitest';
import { messageDetails } from '../engine/report/message';
import { runOf } from '../engine/report/report.fixture';
import { queryForId, queryForKey } from './find-query';

function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

it('a message is found by either of its ids, in small letters as well, and the answer says who gave it', () => {
  const run = runOf();
  run.advance(8_000_000);
  const { uniqueKey, copies, key } = messageDetails(run, 7)!;
  const byPlace = finish(queryForId(run, copies[0]!.offsetMsgId.toLowerCase()));
  expect(byPlace).toEqual({
    message: 7,
    answer: {
      en: 'A query by offsetMsgId: broker-a:0 finds 1.',
      zh: '按 offsetMsgId 查询：broker-a:0 查到 1 条。',
    },
  });
  expect(finish(queryForId(run, uniqueKey.toLowerCase()))).toMatchObject({
    message: 7,
    answer: { en: 'A query by unique key: broker-a:0 finds 1.' },
  });
  expect(finish(queryForId(run, key))).toBeUndefined();
  expect(finish(queryForKey(run, 'Orders', key))?.zh).toMatch(/^按 key 查询：broker-a:0 查到 [1-9]\d* 条。$/);
});

it('a dead broker gives no answer, and an unknown topic has no route', () => {
  const run = runOf();
  run.advance(8_000_000);
  run.act({ do: 'kill', target: 'broker-a:0', failure: 'process', atUs: null, afterStep: null });
  const { uniqueKey } = messageDetails(run, 7)!;
  const { answer, message } = finish(queryForId(run, uniqueKey))!;
  expect(answer).toEqual({
    en: 'A query by unique key: broker-a:0 gives no answer.',
    zh: '按 UNIQ_KEY 查询：broker-a:0 不回答。',
  });
  expect(message).toBe(7);
  expect(finish(queryForKey(run, 'Nothing', 'order-1'))?.en).toBe('A query by key finds no route.');
});
