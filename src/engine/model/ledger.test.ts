import { beforeEach, describe, expect, it } from 'vitest';
import type { Sim } from '../core/sim';
import { powerLost } from './kinds';
import {
  copiesOf,
  isExpired,
  isLost,
  lostMessages,
  messageSent,
  Outcome,
  outcomeKnown,
  Standing,
  sentCount,
  setStanding,
  takingOf,
  Whereabouts,
  whereaboutsOf,
} from './ledger';
import { appendCopy, createLog, dropHead, logLength, loseTail, type ReplicaLog, recordAt } from './log';
import { A, B, toyNetwork } from './toy-network';
import { addMessage, addRecord, internQueue, recordMessage, type World } from './world';

let sim: Sim<World>;
let master: ReplicaLog;
let slave: ReplicaLog;

/** A message that is stored on the given logs; its record. */
function store(...logs: ReplicaLog[]): { message: number; record: number } {
  const { arena } = sim.state;
  const message = addMessage(arena, {
    bornUs: 0,
    producer: A,
    topic: 'T',
    key: arena.messages.length,
    tag: '',
    bytes: 10,
    size: 100,
    wait: true,
  });
  const queue = internQueue(arena, 'T', 'g', 0);
  const record = addRecord(arena, {
    message,
    queue,
    offset: message,
    phys: message * 100,
    size: 100,
    storedUs: 0,
    wait: true,
  });
  for (const log of logs) appendCopy(sim, log, record);
  return { message, record };
}

function acknowledged(...logs: ReplicaLog[]): number {
  const { message } = store(...logs);
  outcomeKnown(sim, message, Outcome.sendOk);
  return message;
}

function stand(log: ReplicaLog, standing: number): void {
  setStanding(sim.state.ledger, log.node, standing, (visit) => {
    for (let row = log.first; row < logLength(log); row++)
      visit(recordMessage(sim.state.arena, recordAt(log, row)));
  });
}

const losses = () => {
  const seen: string[] = [];
  sim.window?.scan(0, sim.traceCount, ({ kind, a }) => {
    if (kind.rule === 'EN-20') seen.push(`${kind.type} ${a}`);
    return true;
  });
  return seen;
};
const whereabouts = () => sim.state.ledger.whereabouts.slice(1);

beforeEach(() => {
  sim = toyNetwork().sim;
  master = createLog(A);
  slave = createLog(B);
});

describe('the ledger', () => {
  it('counts each message once among what its sender knows', () => {
    const { message } = store(master);
    messageSent(sim.state.ledger, message);
    messageSent(sim.state.ledger, message);
    expect(sim.state.ledger.outcomes).toEqual([1, 0, 0, 0, 0, 0, 0]);
    outcomeKnown(sim, message, Outcome.flushSlaveTimeout);
    outcomeKnown(sim, message, Outcome.sendOk);
    expect(sim.state.ledger.outcomes).toEqual([0, 1, 0, 0, 0, 0, 0]);
    expect(sentCount(sim.state.ledger)).toBe(1);
  });

  it('[EN-20] calls a message lost when its last copy goes after SEND_OK', () => {
    const message = acknowledged(master, slave);
    loseTail(sim, master, 0);
    expect([copiesOf(sim.state.ledger, message), isLost(sim.state.ledger, message)]).toEqual([1, false]);
    loseTail(sim, slave, 0);
    expect(isLost(sim.state.ledger, message)).toBe(true);
    expect(losses()).toEqual([`message.lost ${message}`]);
    expect(lostMessages(sim.state.ledger, 9)).toEqual([message]);
  });

  it('[EN-20] calls a message lost when SEND_OK comes after its last copy went', () => {
    const { message } = store(master);
    loseTail(sim, master, 0);
    expect(losses()).toEqual([]);
    outcomeKnown(sim, message, Outcome.sendOk);
    expect(losses()).toEqual([`message.lost ${message}`]);
  });

  it('[EN-20] does not call lost what the sender was never promised', () => {
    for (const outcome of [Outcome.failed, Outcome.flushDiskTimeout, Outcome.oneway]) {
      outcomeKnown(sim, store(master).message, outcome);
    }
    loseTail(sim, master, 0);
    expect(losses()).toEqual([]);
  });

  it('[EN-20] takes a loss back when a late attempt is stored', () => {
    const message = acknowledged(master);
    loseTail(sim, master, 0);
    const { arena } = sim.state;
    const again = addRecord(arena, {
      message,
      queue: 0,
      offset: 9,
      phys: 0,
      size: 100,
      storedUs: 0,
      wait: true,
    });
    appendCopy(sim, slave, again);
    expect(losses()).toEqual([`message.lost ${message}`, `message.found ${message}`]);
    expect([isLost(sim.state.ledger, message), lostMessages(sim.state.ledger, 9)]).toEqual([false, []]);
  });

  it('[EN-20] lists what is lost now, in the order in which the last copies went, however much was lost before', () => {
    const both = acknowledged(master, slave);
    const alone = [acknowledged(master), acknowledged(master)];
    for (const log of [master, slave]) {
      sim.intervene(() => {
        sim.emit(powerLost, log.node);
        loseTail(sim, log, 0);
      });
    }
    expect(lostMessages(sim.state.ledger, 9)).toEqual([...alone, both]);
    expect(lostMessages(sim.state.ledger, 2)).toEqual(alone);
  });

  it('remembers by which rules the last copies went, the root first', () => {
    const messages = [acknowledged(master), acknowledged(master)];
    sim.intervene(() => {
      sim.emit(powerLost, A);
      loseTail(sim, master, 0);
    });
    for (const message of messages) expect(takingOf(sim.state.ledger, message)?.rules).toEqual(['EN-3']);
    expect(sim.state.ledger.takings).toHaveLength(1);
    // Losses are siblings: each names the fault, not the loss before it.
    const first = sim.window?.get(sim.traceCount - 2);
    expect(sim.window?.get(sim.traceCount - 1)?.cause).toBe(first?.cause);
  });

  it('calls a message expired when retention takes it, not lost', () => {
    const message = acknowledged(master, slave);
    stand(slave, Standing.withheld);
    dropHead(sim, master, 1, 100);
    expect([isExpired(sim.state.ledger, message), whereaboutsOf(sim.state.ledger, message)]).toEqual([
      true,
      Whereabouts.none,
    ]);
    dropHead(sim, slave, 1, 100);
    expect(losses()).toEqual([]);
  });

  it('does not depend on who has looked at it before: a loss is a loss by its copies alone', () => {
    const message = acknowledged(master, slave);
    dropHead(sim, master, 1, 100);
    expect(whereaboutsOf(sim.state.ledger, message)).toBe(Whereabouts.served);
    stand(slave, Standing.withheld);
    expect(whereaboutsOf(sim.state.ledger, message)).toBe(Whereabouts.none);
    loseTail(sim, slave, 0);
    expect(losses()).toEqual([]);
  });

  it('does not take expired messages again when the rest of the log is lost', () => {
    acknowledged(master);
    acknowledged(master);
    dropHead(sim, master, 1, 100);
    loseTail(sim, master, 0);
    expect(losses()).toEqual(['message.lost 1']);
    expect(master.first).toBe(0);
  });

  it('tells what waits, what only an operator could fetch, and what is served, as processes come and go', () => {
    acknowledged(master, slave);
    acknowledged(slave);
    acknowledged(master);
    stand(slave, Standing.withheld);
    expect(whereabouts()).toEqual([2, 0, 1, 0]);
    stand(master, Standing.waiting);
    expect(whereabouts()).toEqual([0, 2, 1, 0]);
    stand(slave, Standing.serving);
    expect(whereabouts()).toEqual([2, 1, 0, 0]);
    stand(slave, Standing.withheld);
    loseTail(sim, master, 0);
    expect(whereabouts()).toEqual([0, 0, 2, 1]);
    stand(master, Standing.serving);
    acknowledged(master);
    expect(whereabouts()).toEqual([1, 0, 2, 1]);
  });
});
