import { beforeEach, describe, expect, it } from 'vitest';
import { defineKind, NONE } from '../core/kinds';
import type { Sim } from '../core/sim';
import { powerLost } from '../model/kinds';
import { Outcome } from '../model/ledger';
import { appendCopy, createLog, loseTail, type ReplicaLog } from '../model/log';
import { freezeProcess, killProcess, startProcess } from '../model/process';
import { A, B, C, MS, SECOND, toyNetwork } from '../model/toy-network';
import { addMessage, addRecord, internQueue, type World } from '../model/world';
import { quantileUs } from './histogram';
import { createJudges, type Judged, judge, judgesOf, updateJudges } from './judges';
import { isPrefix } from './logs';
import { deliveriesOf, hasConsumed, waitedUs } from './readers';
import { longestUs } from './sends';

const say = { en: 'x', zh: 'x' };
const kind = {
  sent: defineKind('judge-test.sent', 'PR-2', { a: 'm:message', role: 'sent', say }),
  attempt: defineKind('judge-test.attempt', 'PR-2', { a: 'm:message', b: 'q:queue', role: 'attempt', say }),
  result: defineKind('judge-test.result', 'PR-5', { a: 'm:message', b: 'o:count', role: 'result', say }),
  stored: defineKind('judge-test.stored', 'BR-1', { a: 'r:record', role: 'stored', say }),
  delivered: defineKind('judge-test.delivered', 'CO-11', { a: 'r:record', role: 'delivered', say }),
  consumed: defineKind('judge-test.consumed', 'CO-12', { a: 'r:record', role: 'consumed', say }),
  rejected: defineKind('judge-test.rejected', 'CO-13', { a: 'r:record', role: 'rejected', say }),
  owned: defineKind('judge-test.owned', 'CO-25', { a: 'q:queue', b: 'from:offset', role: 'owned', say }),
  released: defineKind('judge-test.released', 'CO-25', { a: 'q:queue', role: 'released', say }),
  committed: defineKind('judge-test.committed', 'CO-12', {
    a: 'q:queue',
    b: 'at:offset',
    role: 'committed',
    say,
  }),
  reset: defineKind('judge-test.reset', 'CO-18', { a: 'q:queue', b: 'at:offset', role: 'reset', say }),
  warm: defineKind('judge-test.began', 'EN-1', { say }),
};

/** `a` is the producer, `b` and `c` consume, alone or as the group `g`; the log stands at `a`, its copy at `b`. */
let sim: Sim<World>;
let log: ReplicaLog;
let copy: ReplicaLog;
let alone: boolean;

const product: Judged = {
  logs: () => [
    { node: A, group: 'g0', role: 'leader', log, servable: true },
    { node: B, group: 'g0', role: 'follower', log: copy, servable: false },
  ],
  groupOf: (_, node) => (node === A ? undefined : 'g'),
  readsAlone: () => alone,
  groupsOf: () => ['g'],
  wants: () => true,
};

beforeEach(() => {
  log = createLog(A);
  copy = createLog(B);
  alone = false;
  ({ sim } = toyNetwork({}, [judge(product)], createJudges()));
  sim.forgetHistory();
  sim.emit(kind.warm, -1);
});

const judges = () => judgesOf(sim.state);
const reader = (at = 0) => judges().readers[at]!;
const types = () => {
  const seen: string[] = [];
  sim.window?.scan(1, sim.traceCount, ({ kind, node, a, b }) => {
    if (!kind.type.startsWith('judge-test'))
      seen.push(`${kind.type} ${node} ${a}${b === NONE ? '' : ` ${b}`}`);
    return true;
  });
  return seen;
};

function send(key: number | string = sim.state.arena.messages.length): number {
  const message = addMessage(sim.state.arena, {
    bornUs: sim.nowUs,
    producer: A,
    topic: 'T',
    key,
    tag: '',
    bytes: 10,
    size: 100,
    wait: true,
  });
  sim.emit(kind.sent, A, message);
  return message;
}

/** Stores a message; its record. The queue offset is that of its place in the leader's log. */
function store(message: number, logs: ReplicaLog[] = [log, copy]): number {
  const { arena } = sim.state;
  const queue = internQueue(arena, 'T', 'g0', 0);
  const offset = log.records.length;
  const record = addRecord(arena, {
    message,
    queue,
    offset,
    phys: offset * 100,
    size: 100,
    storedUs: sim.nowUs,
    wait: true,
  });
  sim.emit(kind.stored, A, record);
  for (const target of logs) appendCopy(sim, target, record);
  return record;
}

const sendAndStore = (key?: number | string) => store(send(key));

function consume(record: number, node = B): void {
  sim.emit(kind.delivered, node, record);
  sim.emit(kind.consumed, node, record);
}

describe('sends', () => {
  it('measure a latency from the call to its answer, and leave exceptions out', () => {
    const [x, y] = [send(), send()];
    sim.runUntil(3 * MS);
    sim.emit(kind.result, A, x, Outcome.sendOk);
    sim.runUntil(SECOND);
    sim.emit(kind.result, A, y, Outcome.failed);
    expect(quantileUs(judges().sends.latency, 0.99)).toBeCloseTo(3 * MS, -2);
    expect(sim.state.ledger.outcomes.slice(0, 6)).toEqual([0, 1, 0, 0, 0, 1]);
  });

  it('call a queue unavailable from the first attempt that fails to the next success', () => {
    const [x, y, z] = [send(), send(), send()];
    sim.emit(kind.attempt, A, x, 4);
    sim.runUntil(MS);
    sim.emit(kind.result, A, x, Outcome.sendOk);
    sim.runUntil(SECOND);
    sim.emit(kind.attempt, A, y, 4);
    sim.runUntil(4 * SECOND);
    sim.emit(kind.attempt, A, y, 5);
    sim.emit(kind.result, A, y, Outcome.sendOk);
    sim.runUntil(10 * SECOND);
    expect(longestUs(judges().sends.queues[4]!, sim.nowUs)).toBe(9 * SECOND);
    sim.emit(kind.attempt, A, z, 4);
    sim.emit(kind.result, A, z, Outcome.sendOk);
    sim.runUntil(99 * SECOND);
    expect(judges().sends.queues.map((outage) => longestUs(outage, sim.nowUs))).toEqual([
      0,
      0,
      0,
      0,
      9 * SECOND,
      0,
    ]);
    expect(judges().sends.attempts).toBe(4);
  });

  it('call a queue unavailable while an attempt waits for more than a second, though it succeeds', () => {
    const [x, y] = [send(), send()];
    sim.emit(kind.attempt, A, x, 0);
    sim.runUntil(900 * MS);
    sim.emit(kind.result, A, x, Outcome.sendOk);
    expect(judges().sends.queues[0]?.longestUs).toBe(0);
    sim.emit(kind.attempt, A, y, 0);
    sim.runUntil(6_000 * MS);
    sim.emit(kind.result, A, y, Outcome.flushDiskTimeout);
    expect(judges().sends.queues[0]?.longestUs).toBe(5_100 * MS);
  });

  it('[EN-25] notice what happens to a message that nobody sent', () => {
    const message = addMessage(sim.state.arena, {
      bornUs: 0,
      producer: A,
      topic: 'T',
      key: 0,
      tag: '',
      bytes: 1,
      size: 1,
      wait: true,
    });
    store(message);
    store(message);
    expect(types()).toEqual([`message.unaccounted -1 ${message}`]);
    expect(judges().unaccounted).toBe(1);
  });
});

describe('[EN-21] a duplicate', () => {
  it('is a delivery of what the group was given before, whether it had finished it or not', () => {
    const record = sendAndStore();
    sim.emit(kind.delivered, B, record);
    sim.emit(kind.delivered, C, record);
    sim.emit(kind.consumed, C, record);
    expect(reader()).toMatchObject({
      deliveries: 2,
      distinct: 1,
      duplicates: 1,
      retries: 0,
      once: 1,
      doubled: 0,
    });
    expect(types()).toEqual([`message.delivered-twice ${C} 0 2`]);
  });

  it('is also a second record of the same message', () => {
    const message = send();
    consume(store(message));
    consume(store(message));
    expect(reader()).toMatchObject({ duplicates: 1, once: 0, doubled: 1 });
  });

  it('is no retry behind a failure', () => {
    const record = sendAndStore();
    sim.emit(kind.delivered, B, record);
    sim.emit(kind.rejected, B, record);
    consume(record);
    expect(reader()).toMatchObject({ deliveries: 2, duplicates: 0, retries: 1, once: 1 });
    expect(hasConsumed(reader(), 0)).toBe(true);
    expect(deliveriesOf(reader(), 0)).toBe(2);
  });

  it('is none between the consumers of a broadcasting group, who each read for themselves', () => {
    alone = true;
    const record = sendAndStore();
    consume(record, B);
    consume(record, C);
    expect(judges().readers.map(({ duplicates, once }) => [duplicates, once])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('has no second effect when the business finds that the first one stands', () => {
    const record = sendAndStore();
    consume(record);
    sim.emit(kind.delivered, C, record);
    sim.emit(kind.consumed, C, record, 0);
    expect(reader()).toMatchObject({ duplicates: 1, once: 1, doubled: 0 });
  });

  it('counts effects by key where the key was given by hand', () => {
    consume(sendAndStore('order-7'));
    consume(sendAndStore('order-7'));
    consume(sendAndStore(1));
    consume(sendAndStore(1));
    expect(reader()).toMatchObject({ duplicates: 0, once: 2, doubled: 1 });
  });
});

describe('[EN-22] the order of a key', () => {
  it('is violated by a first end behind that of a later one, and not by another key', () => {
    const [x, y, z] = [sendAndStore(1), sendAndStore(2), sendAndStore(1)];
    for (const record of [z, y, x]) consume(record);
    expect(reader().orderViolations).toBe(1);
    expect(types()).toEqual([`order.violated ${B} 0 2`]);
  });

  it('is not violated by a duplicate, nor by keys as text in their order', () => {
    const [x, y] = [sendAndStore('k'), sendAndStore('k')];
    for (const record of [x, y, x]) consume(record);
    expect(reader().orderViolations).toBe(0);
  });
});

describe('[EN-23] one owner', () => {
  it('is broken by a second living consumer until one lets go', () => {
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.owned, C, 0, 0);
    sim.runUntil(2 * SECOND);
    sim.emit(kind.released, B, 0);
    expect(types()).toEqual([`queue.two-owners ${C} 0 ${B}`, `queue.one-owner ${C} 0 ${2 * SECOND}`]);
    expect(judges().owners.broken).toBe(1);
  });

  it('is not broken by the heir of a dead consumer, nor by the same one started again', () => {
    sim.emit(kind.owned, B, 0, 0);
    killProcess(sim, B, 'process');
    sim.emit(kind.owned, C, 0, 0);
    startProcess(sim, B);
    sim.emit(kind.owned, B, 1, 0);
    expect(judges().owners.broken).toBe(0);
  });

  it('holds again when one of two owners dies', () => {
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.owned, C, 0, 0);
    killProcess(sim, B, 'process');
    sim.emit(kind.warm, -1);
    expect(types().at(-1)).toMatch(/^queue.one-owner/);
    expect(judges().owners.conflicts.size).toBe(0);
  });

  it('is broken by the heir of a frozen one, which goes on later', () => {
    sim.emit(kind.owned, B, 0, 0);
    freezeProcess(sim, B, SECOND);
    sim.emit(kind.owned, C, 0, 0);
    expect(judges().owners.broken).toBe(1);
  });

  it('means nothing to broadcasting consumers', () => {
    alone = true;
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.owned, C, 0, 0);
    expect(judges().owners.broken).toBe(0);
  });
});

describe('[EN-24] a safe commit', () => {
  const records = () => [sendAndStore(), sendAndStore(), sendAndStore(), sendAndStore()];

  it('stays at the smallest unfinished message', () => {
    const [r0, r1, r2] = records() as [number, number, number, number];
    sim.emit(kind.owned, B, 0, 0);
    for (const record of [r0, r1, r2]) sim.emit(kind.delivered, B, record);
    sim.emit(kind.consumed, B, r0);
    sim.emit(kind.consumed, B, r2);
    sim.emit(kind.committed, B, 0, 1);
    expect(judges().unsafeCommits).toBe(0);
    sim.emit(kind.committed, B, 0, 3);
    expect(types()).toEqual([`commit.unsafe ${B} 0 3`]);
    sim.emit(kind.committed, B, 0, 3);
    expect(judges().unsafeCommits).toBe(1);
  });

  it('may follow when the gap is closed', () => {
    const [r0, r1, r2] = records() as [number, number, number, number];
    sim.emit(kind.owned, B, 0, 0);
    for (const record of [r2, r1, r0]) consume(record);
    sim.emit(kind.committed, B, 0, 3);
    expect(judges().unsafeCommits).toBe(0);
  });

  it('is no matter of what lies before the place where the group began', () => {
    records();
    sim.emit(kind.owned, B, 0, 4);
    sim.emit(kind.committed, B, 0, 4);
    expect(judges().unsafeCommits).toBe(0);
  });

  it('is no matter of messages that are gone, nor of a reset', () => {
    records();
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.reset, A, 0, 2);
    sim.emit(kind.committed, B, 0, 2);
    loseTail(sim, log, 2);
    sim.emit(kind.committed, B, 0, 4);
    expect(judges().unsafeCommits).toBe(0);
  });

  it('[EN-28] is no matter of what nobody was given: that is passed over, and counted', () => {
    records();
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.committed, B, 0, 4);
    expect(judges().readers[0]?.passedOver).toBe(4);
    expect(judges().unsafeCommits).toBe(0);
  });
});

describe('[EN-20] what is lost', () => {
  it('had been consumed when every group had finished it, before or after', () => {
    const [x, y, z] = [sendAndStore(), sendAndStore(), sendAndStore()];
    for (const message of [0, 1, 2]) sim.emit(kind.result, A, message, Outcome.sendOk);
    consume(x);
    sim.emit(kind.delivered, B, y);
    loseTail(sim, log, 0);
    loseTail(sim, copy, 0);
    expect(judges().lostButConsumed).toBe(1);
    sim.emit(kind.consumed, B, y);
    expect(judges().lostButConsumed).toBe(2);
    expect(sim.state.ledger.whereabouts[4]).toBe(3);
    store(2);
    sim.emit(kind.consumed, B, z);
    expect(judges().lostButConsumed).toBe(2);
  });

  it('is stranded or unavailable first, by what the copies are worth when somebody asks', () => {
    const message = send();
    store(message);
    sim.emit(kind.result, A, message, Outcome.sendOk);
    killProcess(sim, A, 'process');
    updateJudges(sim, product);
    expect(sim.state.ledger.whereabouts.slice(1)).toEqual([0, 1, 0, 0]);
    loseTail(sim, log, 0);
    updateJudges(sim, product);
    expect(sim.state.ledger.whereabouts.slice(1)).toEqual([0, 0, 1, 0]);
  });
});

describe('[EN-26] the prefix', () => {
  it('is broken when a leader writes anew where its follower kept the old tail', () => {
    const [, , third] = [sendAndStore(), sendAndStore(), send()];
    sim.emit(powerLost, A);
    loseTail(sim, log, 1);
    const record = store(third, [log]);
    expect(types().slice(1)).toEqual([`log.diverged ${B} ${A} ${record}`]);
    expect(judges().divergences).toBe(1);
    expect(isPrefix(sim.state, copy, log)).toBe(false);
  });

  it('holds when the follower lags, and when it has lost its own tail', () => {
    for (let i = 0; i < 3; i++) sendAndStore();
    store(send(), [log]);
    sim.emit(powerLost, B);
    loseTail(sim, copy, 1);
    store(send(), [log]);
    expect(judges().divergences).toBe(0);
    expect(isPrefix(sim.state, copy, log)).toBe(true);
    expect(isPrefix(sim.state, log, copy)).toBe(false);
  });
});

describe('receiving', () => {
  it('is interrupted while there is something and nobody has it in hand', () => {
    sim.emit(kind.owned, B, 0, 0);
    sim.runUntil(10 * SECOND);
    const [x, y] = [sendAndStore(), sendAndStore()];
    sim.runUntil(11 * SECOND);
    sim.emit(kind.delivered, B, x);
    sim.runUntil(20 * SECOND);
    sim.emit(kind.consumed, B, x);
    const queue = () => reader().queues.get(0)!;
    expect(waitedUs(sim, queue())).toBe(0);
    sim.runUntil(25 * SECOND);
    expect(waitedUs(sim, queue())).toBe(5 * SECOND);
    sim.emit(kind.delivered, B, y);
    sim.runUntil(99 * SECOND);
    expect(waitedUs(sim, queue())).toBe(5 * SECOND);
  });

  it('is interrupted when the process that had it in hand is dead', () => {
    sim.emit(kind.owned, B, 0, 0);
    const [x, y] = [sendAndStore(), sendAndStore()];
    sim.emit(kind.delivered, B, x);
    killProcess(sim, B, 'process');
    sim.runUntil(7 * SECOND);
    sim.emit(kind.delivered, C, y);
    expect(reader().queues.get(0)?.longestUs).toBe(7 * SECOND);
  });

  it('measures from the send to the first delivery', () => {
    const record = sendAndStore();
    sim.runUntil(40 * MS);
    sim.emit(kind.delivered, B, record);
    sim.runUntil(SECOND);
    sim.emit(kind.delivered, B, record);
    expect(judges().endToEnd.total).toBe(1);
    expect(quantileUs(judges().endToEnd, 0.5)).toBeCloseTo(40 * MS, -3);
  });
});
