import { describe, expect, it } from 'vitest';
import { recordMessage } from '../../engine/model/world';
import hangs from './a-listener-that-hangs.json';
import askedFirst from './asked-first.json';
import oneBadMessage from './one-bad-message.json';
import { type Changes, type Playing, play } from './playing.fixture';

/** The numbers of the built-in scenarios about what comes again, and what is asked about again. */

const secondsOf = (run: Playing, kind: string, message: number) =>
  run
    .entries(kind)
    .filter(({ a }) => recordMessage(run.run.sim.state.arena, a) === message)
    .map(({ atMs }) => Math.round(atMs / 1000));

describe('a listener that hangs', () => {
  const committed = (run: Playing) =>
    run.report().groups['order-service']?.offsets['Orders@broker-a#1']?.committed;

  it('[CO-12] [CO-15] [CO-19] is looked at each 2 minutes, its order given back at 4 minutes, delivered again 10 s later', () => {
    const run = play(hangs).until(200_000);
    expect(committed(run)).toBe(0);
    run.until(300_000);
    const overdue = run.entries('consume.overdue');
    expect(overdue.map(({ atMs }) => atMs)).toEqual([240_000]);
    expect(secondsOf(run, 'record.delivered', 0)).toEqual([2, 250]);
    expect(committed(run)).toBeGreaterThan(60);
  });

  it('[CO-15] its thread is not interrupted: after 10 minutes the order has been done twice', () => {
    const run = play(hangs).until(700_000);
    expect(secondsOf(run, 'record.consumed', 0)).toEqual([250, 602]);
    expect(run.report().effects).toMatchObject({ lost: 0, doubled: 1 });
  });

  it('[CO-15] by default nothing is done about it: it ends before the look at 15 minutes', () => {
    const run = play(hangs, { consumerConfig: { consumeTimeout: 15 } }).until(1_000_000);
    expect(run.count('consume.overdue')).toBe(0);
    expect(run.report().effects.doubled).toBe(0);
  });
});

describe('one bad message in a batch', () => {
  const failures = (changes: Changes = {}) => {
    const run = play(oneBadMessage, changes).until(30_000);
    return { run, first: run.count('record.rejected') };
  };

  it('[CO-11] [CO-13] [CO-19] all 8 of its batch are given back, of 32', () => {
    const { run, first } = failures();
    expect(first).toBe(8);
    expect(run.count('record.consumed')).toBe(24);
  });

  it('[CO-11] [CO-20] they come again together, 10 s and 30 s later, and fail together', () => {
    const { run } = failures();
    run.until(70_000);
    expect(run.count('record.rejected')).toBe(24);
    expect(run.count('record.consumed')).toBe(24);
  });

  it('[CO-11] one by one only the bad one fails', () => {
    const { run, first } = failures({ consumerConfig: { consumeMessageBatchMaxSize: 1 } });
    expect(first).toBe(1);
    expect(run.count('record.consumed')).toBe(31);
  });
});

describe('when a transaction is asked about first', () => {
  const asked = (changes: Changes = {}) => {
    const run = play(askedFirst, changes).until(130_000);
    return [0, 1].map((message) => {
      const checks = run.entries('check.sent').filter(({ a }) => a === message);
      return checks.map(({ atMs }) => Math.round(atMs / 1000));
    });
  };

  it('[TX-6] [TX-9] at 30 s; with an immunity of 60 s at 90 s', () => {
    expect(asked()).toEqual([[30], [90]]);
  });

  it('[TX-6] [TX-9] a check each 10 s comes sooner to both', () => {
    const [order, loan] = asked({ brokerConfig: { transactionCheckInterval: 10_000 } });
    expect(order).toEqual([10]);
    expect(loan).toEqual([70]);
  });
});
