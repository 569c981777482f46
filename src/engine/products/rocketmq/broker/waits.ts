import { defineEvent, type Handlers } from '../../../core/sim';
import { physAt } from '../../../model/log';
import { faultBehind } from '../../../model/silence';
import { messageWaits, type World } from '../../../model/world';
import { inGroup } from '../dledger/dledger-state';
import { awaitQuorum } from '../dledger/quorum';
import type { Broker, Rocket, RocketSim } from '../state';
import { wholeSetOf } from './controlled';
import { flushAdvanced } from './flush';
import { flushTimedOut, waitSkipped } from './flush-kinds';
import { noSlaveTimedOut, replicasReached, replicasTimedOut } from './ha-kinds';
import { acksChanged, acksOf, wakeLinks } from './ha-master';
import { faultOfMembers } from './member-fault';
import { answerPut } from './put-answer';
import { brokerOf, maxPhysOf, type Send, type Wait, type WaitingPut } from './store-state';

/**
 * What a stored message's answer waits for: its flush and its replicas, side by side (BR-17). The thread that put
 * it is free meanwhile (BR-14).
 */
const flushDeadline = defineEvent<Record<string, never>>('put.flush-deadline');
const replicaDeadline = defineEvent<Record<string, never>>('put.replica-deadline');

/** `MixAll.ALL_ACK_IN_SYNC_STATE_SET`: every member of the SyncStateSet must have it. */
const ALL_IN_SYNC = -1;
const NEVER = Number.POSITIVE_INFINITY;

/** WAIT=false stands in the message, or is set by the service of the broker that puts it (BR-15). */
export const mayWaitFor = (sim: RocketSim, { conn, waits, message }: Send) =>
  (conn >= 0 || waits === true) && messageWaits(sim.state.arena, message);

/** The message is in the log: answers it now, or when its waits have ended. */
export function awaitDurability(
  sim: RocketSim,
  node: number,
  send: Send,
  record: number,
  offset: number,
  endPhys: number,
): void {
  const broker = brokerOf(sim, node);
  const { conn, id, message, batch, queueId, done } = send;
  const { flushDiskType } = broker.config;
  const mayWait = mayWaitFor(sim, send);
  // In a DLedger group a majority in memory is all that counts (HA-21).
  const sync = flushDiskType === 'SYNC_FLUSH' && !inGroup(broker);
  const replicated = !inGroup(broker) && broker.role === 'SYNC_MASTER';
  if (!mayWait && (sync || replicated)) sim.emit(waitSkipped, node, message);
  const acksNeeded = mayWait && replicated ? acksNeededBy(sim, broker) : 0;
  const put: WaitingPut = {
    conn,
    id,
    message,
    batch,
    done,
    record,
    queueId,
    offset,
    endPhys,
    storedUs: sim.nowUs,
    acksNeeded,
    flush: mayWait && sync ? 'waiting' : 'done',
    replicas: acksNeeded > 1 || acksNeeded === ALL_IN_SYNC ? firstLook(sim, broker, endPhys) : 'done',
  };
  if (inGroup(broker)) awaitQuorum(sim, node, put);
  else if (put.flush === 'waiting' || put.replicas === 'waiting') wait(sim, node, put);
  else answerPut(sim, node, put);
}

function wait(sim: RocketSim, node: number, put: WaitingPut): void {
  const { memory } = brokerOf(sim, node).store;
  memory.waits.set(put.record, put);
  if (put.flush === 'waiting') {
    memory.flushWaits.push(put.record);
    armFlushDeadline(sim, node);
  }
  if (put.replicas === 'waiting') {
    memory.replicaWaits.push(put.record);
    armReplicaDeadline(sim, node);
    wakeLinks(sim, node);
    settleReplicas(sim, node);
  }
}

/** Copies that must exist before a SYNC_MASTER answers, its own included (HA-7); 4.9 wants one slave (HA-9). */
export function acksNeededBy(sim: RocketSim, broker: Broker): number {
  const { enableSlaveActingMaster, inSyncReplicas, enableAutoInSyncReplicas, minInSyncReplicas } =
    broker.config;
  if (sim.state.product.version === '4.9') return 2;
  if (broker.controlled !== undefined) {
    return broker.config.allAckInSyncStateSet ? ALL_IN_SYNC : inSyncReplicas;
  }
  if (!enableSlaveActingMaster || !enableAutoInSyncReplicas) return inSyncReplicas;
  return Math.max(Math.min(inSyncReplicas, usableReplicas(sim, broker)), minInSyncReplicas);
}

/** Acting-master mode: replicas that live as far as the name server says, and are close enough (HA-7). */
function usableReplicas(sim: RocketSim, broker: Broker): number {
  const { haMaxGapNotInSync, totalReplicas } = broker.config;
  const { members, links } = broker.store.memory;
  const end = maxPhysOf(sim, broker);
  let near = 1;
  for (const { ackPhys } of links.values()) if (end - ackPhys < haMaxGapNotInSync) near++;
  return Math.min(members.alive ?? totalReplicas, near);
}

/**
 * The replicas in sync when they are too few for a put that would wait for them (HA-7): then it is refused before
 * anything is written. Undefined: there are enough, or nobody asks.
 */
export function shortOfReplicas(sim: RocketSim, broker: Broker, send: Send): number | undefined {
  const { controlled, config } = broker;
  if (broker.role !== 'SYNC_MASTER' || !mayWaitFor(sim, send)) return undefined;
  if (controlled !== undefined) {
    const inSync = Math.max(controlled.set.length, controlled.proposed?.length ?? 0);
    return inSync < config.minInSyncReplicas ? inSync : undefined;
  }
  if (!config.enableSlaveActingMaster) return undefined;
  const usable = usableReplicas(sim, broker);
  return acksNeededBy(sim, broker) > usable ? usable : undefined;
}

/** Whether enough copies reach up to the end of a put. */
function hasAcks(broker: Broker, { acksNeeded, endPhys }: WaitingPut): boolean {
  const { controlled } = broker;
  if (acksNeeded !== ALL_IN_SYNC || controlled === undefined) return acksOf(broker, endPhys) >= acksNeeded;
  const set = wholeSetOf(controlled);
  let acks = 1;
  for (const { slaveId, ackPhys } of broker.store.memory.links.values()) {
    if (set.includes(slaveId) && ackPhys >= endPhys) acks++;
  }
  return acks >= set.length;
}

/** 4.9 gives up at once without a slave that is connected and close enough (`HAService#isSlaveOK`). */
function firstLook(sim: RocketSim, broker: Broker, endPhys: number): Wait {
  if (sim.state.product.version !== '4.9') return 'waiting';
  let newest = -1;
  for (const link of broker.store.memory.links.values()) newest = Math.max(newest, link.ackPhys);
  return newest >= 0 && endPhys - newest < broker.config.haSlaveFallbehindMax ? 'waiting' : 'no-slave';
}

function settleFlush(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { log, memory } = broker.store;
  const flushedPhys = physAt(sim.state, log, memory.flushedRows);
  const cause = sim.currentCause;
  let count = 0;
  for (; count < memory.flushWaits.length; count++) {
    const put = memory.waits.get(memory.flushWaits[count] as number);
    if (put === undefined) continue;
    if (put.endPhys > flushedPhys) break;
    put.flush = 'done';
    sim.because(cause, () => finishIfDone(sim, node, put));
  }
  memory.flushWaits.splice(0, count);
}

/** `GroupTransferService` serves its requests in order: the first one that lacks a copy holds up the rest. */
function settleReplicas(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { memory } = broker.store;
  let count = 0;
  for (; count < memory.replicaWaits.length; count++) {
    const put = memory.waits.get(memory.replicaWaits[count] as number);
    if (put === undefined || !hasAcks(broker, put)) break;
  }
  if (count === 0) return;
  const settled = memory.replicaWaits.splice(0, count);
  const last = memory.waits.get(settled[count - 1] as number);
  sim.emit(replicasReached, node, count, last?.endPhys);
  const cause = sim.currentCause;
  for (const record of settled) {
    const put = memory.waits.get(record);
    if (put === undefined) continue;
    put.replicas = 'done';
    sim.because(cause, () => finishIfDone(sim, node, put));
  }
}

function onFlushDeadline(sim: RocketSim, node: number): void {
  const { store, config } = brokerOf(sim, node);
  const { memory } = store;
  memory.flushCheckUs = NEVER;
  for (;;) {
    const put = memory.waits.get(memory.flushWaits[0] ?? -1);
    if (put === undefined || sim.nowUs < put.storedUs + config.syncFlushTimeout * 1000) break;
    memory.flushWaits.shift();
    put.flush = 'timeout';
    sim.byClock(() => {
      sim.emit(flushTimedOut, node, put.message, put.record, faultBehind(sim, node, node));
      finishIfDone(sim, node, put);
    });
  }
  armFlushDeadline(sim, node);
}

function onReplicaDeadline(sim: RocketSim, node: number): void {
  const broker = brokerOf(sim, node);
  const { store, config } = broker;
  const { memory } = store;
  memory.replicaCheckUs = NEVER;
  for (;;) {
    const put = memory.waits.get(memory.replicaWaits[0] ?? -1);
    if (put === undefined || sim.nowUs < put.storedUs + config.slaveTimeout * 1000) break;
    memory.replicaWaits.shift();
    put.replicas = 'timeout';
    sim.byClock(() => {
      const kind = memory.links.size === 0 ? noSlaveTimedOut : replicasTimedOut;
      sim.emit(kind, node, put.message, put.record, faultOfMembers(sim, broker));
      finishIfDone(sim, node, put);
    });
  }
  settleReplicas(sim, node);
  armReplicaDeadline(sim, node);
}

function armFlushDeadline(sim: RocketSim, node: number): void {
  const { store, config } = brokerOf(sim, node);
  const { memory } = store;
  const first = memory.waits.get(memory.flushWaits[0] ?? -1);
  if (first === undefined || Number.isFinite(memory.flushCheckUs)) return;
  memory.flushCheckUs = Math.max(sim.nowUs, first.storedUs + config.syncFlushTimeout * 1000);
  sim.at(memory.flushCheckUs, node, flushDeadline, {});
}

function armReplicaDeadline(sim: RocketSim, node: number): void {
  const { store, config } = brokerOf(sim, node);
  const { memory } = store;
  const first = memory.waits.get(memory.replicaWaits[0] ?? -1);
  if (first === undefined || Number.isFinite(memory.replicaCheckUs)) return;
  memory.replicaCheckUs = Math.max(sim.nowUs, first.storedUs + config.slaveTimeout * 1000);
  sim.at(memory.replicaCheckUs, node, replicaDeadline, {});
}

function finishIfDone(sim: RocketSim, node: number, put: WaitingPut): void {
  if (put.flush === 'waiting' || put.replicas === 'waiting') return;
  brokerOf(sim, node).store.memory.waits.delete(put.record);
  answerPut(sim, node, put);
}

export function registerWaits(handlers: Handlers<World<Rocket>>): void {
  handlers
    .on(flushAdvanced, (sim, node) => settleFlush(sim, node))
    .on(acksChanged, (sim, node) => settleReplicas(sim, node))
    .on(flushDeadline, onFlushDeadline)
    .on(replicaDeadline, onReplicaDeadline);
}
