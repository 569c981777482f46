import { describe, expect, it } from 'vitest';
import { Outcome } from '../../../model/ledger';
import { queueName, queueOf, recordMessage, recordPropsOf, recordQueue } from '../../../model/world';
import { MESSAGE_DEFAULTS } from '../../../scenario/defaults';
import { acting, MASTER, OTHER, SLAVE } from '../acting-master.fixture';
import { BROKER, type Consuming, consuming, type Entry, type Setup } from '../consumer/consuming.fixture';

/** Sends one message by hand that is to come in so many milliseconds; about 0.5 ms later the broker has it. */
const send = (run: Consuming, delayMs: number, more: object = {}) =>
  run.act({
    do: 'send',
    target: 'p',
    message: { ...MESSAGE_DEFAULTS, timerDelayUs: delayMs * 1000, ...more },
  });
const queueNamed = (run: Consuming, { a }: Entry) =>
  queueName(queueOf(run.sim.state.arena, recordQueue(run.sim.state.arena, a)));
const storedIn = (run: Consuming, name: string) =>
  run.entries('message.stored').filter((entry) => queueNamed(run, entry).startsWith(name));
const waiting = (run: Consuming) => storedIn(run, 'rmq_sys_wheel_timer@broker-a#0');
const delivered = (run: Consuming) => run.entries('record.delivered');
const outOf = (run: Consuming) =>
  waiting(run).map(({ a }) => (recordPropsOf(run.sim.state.arena, a)?.deliverUs ?? 0) / 1e6);
const one = (setup: Setup = {}) => consuming({ queues: 1, ...setup });
const HOUR_MS = 3_600_000;

describe('a message with a moment of its own', () => {
  it('[SC-8] waits in rmq_sys_wheel_timer, queue 0, and goes to its own topic and queue then', () => {
    const run = send(one(), 5_300).until(1_000);
    expect(waiting(run)).toHaveLength(1);
    expect(delivered(run)).toHaveLength(0);
    run.until(7_000);
    expect(storedIn(run, 'Orders@broker-a#0')).toHaveLength(1);
    const [before, after] = run
      .entries('message.stored')
      .map(({ a }) => recordMessage(run.sim.state.arena, a));
    expect(after).toBe(before);
  });

  it('[SC-8] by workload: each message has it', () => {
    const run = one({ producer: { timerDelayMs: 3_000, ratePerSecond: 10, messages: 20 } }).until(2_900);
    expect(delivered(run)).toHaveLength(0);
    expect(delivered(run.until(7_000))).toHaveLength(20);
  });

  it('[SC-8] that is not ahead is stored like any other', () => {
    const run = one();
    send(send(run, 0), -5_000).until(500);
    expect(waiting(run)).toHaveLength(0);
    expect(delivered(run)).toHaveLength(2);
  });

  it('[SC-8] may be 3 days ahead, and not a millisecond further: MESSAGE_ILLEGAL', () => {
    const run = one();
    send(run, 72 * HOUR_MS);
    send(run, 72 * HOUR_MS + 1);
    run.until(500);
    expect(waiting(run)).toHaveLength(1);
    expect(run.count('timer.too-far')).toBe(1);
    expect(run.sim.state.ledger.outcomes[Outcome.failed]).toBe(1);
  });

  it('[SC-8] is refused further ahead than timerMaxDelaySec, and by a broker without a wheel', () => {
    const near = send(one({ brokerConfig: { timerMaxDelaySec: 10 } }), 10_001).until(500);
    expect(near.count('timer.too-far')).toBe(1);
    expect(near.count('message.stored')).toBe(0);
    const off = send(one({ brokerConfig: { timerWheelEnable: false } }), 5_000).until(4_000);
    expect(off.count('timer.wheel-off')).toBeGreaterThan(0);
    expect(off.count('message.stored')).toBe(0);
  });

  it('[SC-8] and a delay level goes by the level', () => {
    const run = send(one(), 60_000, { delayLevel: 1 }).until(2_000);
    expect(waiting(run)).toHaveLength(0);
    expect(delivered(run)).toHaveLength(1);
  });

  it('[SC-8] in a batch comes at once: nobody looks at it', () => {
    const run = one({
      producer: { timerDelayMs: 60_000, batch: 5 },
      actions: [{ at: '1s', do: 'burst', target: 'p', messages: 5 }],
    }).until(2_000);
    expect(waiting(run)).toHaveLength(0);
    expect(delivered(run)).toHaveLength(5);
  });
});

describe('the moment', () => {
  it('[SC-9] is rounded down to a second, and a whole second loses one more', () => {
    const run = one().until(400);
    // Stored at 0.4 s and a little: asked for 10.4 s and a little, for 10.0, for 10.999.
    send(run, 10_000);
    send(run, 9_598.9);
    run.until(1_000);
    expect(outOf(run)).toEqual([10, 9]);
  });

  it.each([
    [1_000, 9],
    [3_000, 9],
    [100, 9.9],
  ])('[SC-9] with timerPrecisionMs=%d is a multiple of it', (timerPrecisionMs, slotS) => {
    const run = one({ brokerConfig: { timerPrecisionMs } });
    send(run, 9_950).until(500);
    expect(outOf(run)).toEqual([slotS]);
  });

  it('[SC-9] is kept at the first full second at or after it, up to 0.1 s late and never early', () => {
    const run = one();
    const asked: number[] = [];
    for (const ms of [0, 130, 370, 640, 999]) {
      run.until(ms);
      send(run, 10_000);
      asked.push(ms + 10_000);
    }
    run.until(13_000);
    const dues = run.entries('timer.due').map(({ atMs }) => atMs);
    expect(dues).toHaveLength(5);
    dues.forEach((dueMs, n) => {
      // It has the message 0.5 ms later, and counts whole milliseconds.
      const askedMs = Math.floor((asked[n] as number) + 0.5);
      const secondMs = Math.ceil(askedMs / 1000) * 1000;
      expect(dueMs).toBeGreaterThanOrEqual(askedMs);
      expect(dueMs - secondMs).toBeLessThan(101);
      expect(dueMs - secondMs).toBeGreaterThanOrEqual(0);
    });
  });

  it('[SC-9] that has passed before it was in the wheel is kept at once', () => {
    const run = one().until(950);
    send(run, 50).until(1_150);
    const [due] = run.entries('timer.due');
    expect(due?.atMs).toBeGreaterThanOrEqual(1_000);
    expect(due?.atMs).toBeLessThan(1_101);
  });

  it('[SC-9] of many messages is the same, and they come one after the other', () => {
    const run = one({
      producer: { timerDelayMs: 5_000 },
      actions: [{ at: '1s', do: 'burst', target: 'p', messages: 2_000 }],
    }).until(10_000);
    const dues = run.entries('timer.due').map(({ atMs }) => atMs);
    expect(dues).toHaveLength(2_000);
    expect((dues.at(-1) ?? 0) - (dues[0] ?? 0)).toBeGreaterThan(50);
    expect(run.deliveredTwice()).toBe(0);
  });

  it('[SC-9] waits while a message in front of it cannot be stored, for 500 ms each time', () => {
    const run = one();
    send(run, 3_000);
    run.until(2_000);
    run.broker().store.memory.diskFull = true;
    run.until(4_300);
    expect(run.count('timer.delivery-failed')).toBe(1);
    run.broker().store.memory.diskFull = false;
    run.until(4_700);
    expect(delivered(run)).toHaveLength(1);
  });
});

describe('the wheel', () => {
  it('[SC-10] parks what is beyond the roll window and takes it up again', () => {
    const run = one({ brokerConfig: { timerRollWindowSlot: 60 } });
    // 100 s: beyond 60 s by 40, more than a third of it, so the first part is the whole window.
    send(run, 100_500).until(1_000);
    expect(run.entries('timer.parked')).toHaveLength(1);
    run.until(99_000);
    expect(run.entries('timer.rolled').map(({ atMs }) => Math.floor(atMs / 1000))).toEqual([61]);
    expect(waiting(run)).toHaveLength(2);
    expect(delivered(run)).toHaveLength(0);
    run.until(102_000);
    expect(delivered(run).map(({ atMs }) => Math.floor(atMs / 1000))).toEqual([101]);
  });

  it('[SC-10] parks it for half the window when the rest would be short', () => {
    const run = one({ brokerConfig: { timerRollWindowSlot: 60 } });
    send(run, 70_500).until(40_000);
    expect(run.entries('timer.rolled').map(({ atMs }) => Math.floor(atMs / 1000))).toEqual([31]);
    run.until(73_000);
    expect(delivered(run).map(({ atMs }) => Math.floor(atMs / 1000))).toEqual([71]);
  });

  it('[SC-10] goes on from its checkpoint after a crash: nothing is lost, and at most a second comes again', () => {
    const run = one({ producer: { timerDelayMs: 4_000, ratePerSecond: 20, messages: 200 } });
    run.until(8_450).act({ do: 'kill', target: BROKER, failure: 'process' });
    const before = delivered(run).length;
    expect(before).toBeGreaterThan(50);
    run.until(9_000).act({ do: 'restart', target: BROKER });
    run.until(80_000);
    expect(run.count('timer.wheel-rebuilt')).toBe(1);
    const messages = new Set(delivered(run).map(({ a }) => recordMessage(run.sim.state.arena, a)));
    expect(messages.size).toBe(
      run.entries('message.stored').filter((entry) => queueNamed(run, entry).startsWith('rmq_sys')).length,
    );
    expect(run.deliveredTwice()).toBeLessThanOrEqual(20);
  });

  it('[SC-10] repeats nothing after a shutdown', () => {
    const run = one({ producer: { timerDelayMs: 4_000, ratePerSecond: 20, messages: 100 } });
    run.until(7_450).act({ do: 'remove', target: BROKER });
    run.until(12_000).act({ do: 'restart', target: BROKER });
    run.until(80_000);
    expect(run.deliveredTwice()).toBe(0);
    expect(delivered(run)).toHaveLength(100);
  });

  it('[SC-10] costs nothing while it waits', () => {
    const idle = one();
    const events = (run: Consuming) => {
      const before = run.run.sim.steps;
      run.until(run.nowMs + 60_000);
      return run.run.sim.steps - before;
    };
    idle.until(2_000);
    const without = events(idle);
    const busy = send(one(), 2 * HOUR_MS).until(2_000);
    expect(events(busy) - without).toBeLessThan(5);
  });

  it('[SC-10] of a slave stands where its master stood, and turns when it acts for it', () => {
    const run = acting({ slave: { enableRemoteEscape: true }, producer: { timerDelayMs: 60_000 } });
    run.act({ do: 'kill', target: OTHER, failure: 'process' });
    run.act({ do: 'burst', target: 'p', messages: 10 }).until(14_000);
    expect(run.broker(SLAVE).store.memory.timers.running).toBe(false);
    expect(run.broker(SLAVE).store.disk.timerCheckpoint.queueOffset).toBe(10);
    run.act({ do: 'kill', target: MASTER, failure: 'process' }).until(40_000);
    expect(run.broker(SLAVE).store.memory.timers.running).toBe(true);
    expect(run.broker(SLAVE).store.memory.timers.count).toBe(10);
  });
});
