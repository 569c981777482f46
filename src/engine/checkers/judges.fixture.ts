import { defineKind, NONE } from '../core/kinds';
import type { Sim } from '../core/sim';
import { appendCopy, createLog, type ReplicaLog } from '../model/log';
import { A, B, toyNetwork } from '../model/toy-network';
import { addMessage, addRecord, internQueue, type World } from '../model/world';
import { createJudges, type Judged, judge, judgesOf } from './judges';

const say = { en: 'x', zh: 'x' };
export const kind = {
  sent: defineKind('judge-test.sent', 'PR-2', { a: 'm:message', role: 'sent', say }),
  attempt: defineKind('judge-test.attempt', 'PR-2', { a: 'm:message', b: 'q:queue', role: 'attempt', say }),
  result: defineKind('judge-test.result', 'PR-5', { a: 'm:message', b: 'o:count', role: 'result', say }),
  stored: defineKind('judge-test.stored', 'BR-1', { a: 'r:record', role: 'stored', say }),
  delivered: defineKind('judge-test.delivered', 'CO-11', { a: 'r:record', role: 'delivered', say }),
  consumed: defineKind('judge-test.consumed', 'CO-12', { a: 'r:record', role: 'consumed', say }),
  rejected: defineKind('judge-test.rejected', 'CO-13', { a: 'r:record', role: 'rejected', say }),
  dropped: defineKind('judge-test.dropped', 'CO-14', { a: 'r:record', role: 'dropped', say }),
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

/**
 * `a` is the producer, `b` and `c` consume, alone or as the group `g`; the log stands at `a`, its copy at `b`. `begin`
 * puts new ones in their place before each test.
 */
export let sim: Sim<World>;
export let log: ReplicaLog;
export let copy: ReplicaLog;
let alone: boolean;

export const product: Judged = {
  logs: () => [
    { node: A, group: 'g0', role: 'leader', log, servable: true },
    { node: B, group: 'g0', role: 'follower', log: copy, servable: false },
  ],
  groupOf: (_, node) => (node === A ? undefined : 'g'),
  readsAlone: () => alone,
  groupsOf: () => ['g'],
  wants: () => true,
};

export function begin(): void {
  log = createLog(A);
  copy = createLog(B);
  alone = false;
  ({ sim } = toyNetwork({}, [judge(product)], createJudges()));
  sim.forgetHistory();
  sim.emit(kind.warm, -1);
}

/** From here on each consumer reads for itself. */
export function readAlone(): void {
  alone = true;
}

export const judges = () => judgesOf(sim.state);
export const reader = (at = 0) => judges().readers[at]!;
/** What the judges have told: kind, node and numbers. */
export const types = () => {
  const seen: string[] = [];
  sim.window?.scan(1, sim.traceCount, ({ kind, node, a, b }) => {
    if (!kind.type.startsWith('judge-test'))
      seen.push(`${kind.type} ${node} ${a}${b === NONE ? '' : ` ${b}`}`);
    return true;
  });
  return seen;
};

export function send(key: number | string = sim.state.arena.messages.length): number {
  const message = addMessage(sim.state.arena, {
    bornUs: sim.nowUs,
    producer: A,
    topic: 'T',
    key,
    keyByHand: typeof key === 'string',
    tag: '',
    bytes: 10,
    size: 100,
    wait: true,
  });
  sim.emit(kind.sent, A, message);
  return message;
}

/** Stores a message; its record. The queue offset is that of its place in the leader's log. */
export function store(message: number, logs: ReplicaLog[] = [log, copy]): number {
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

export const sendAndStore = (key?: number | string) => store(send(key));

export function consume(record: number, node = B): void {
  sim.emit(kind.delivered, node, record);
  sim.emit(kind.consumed, node, record);
}
