import type { Sim } from '../core/sim';
import { processOf } from '../model/env';
import { Standing, setStanding } from '../model/ledger';
import { logLength, type ReplicaLog, recordAt, rowAtPhys } from '../model/log';
import { recordMessage, recordOffset, recordPhys, recordQueue, recordSize, type World } from '../model/world';
import type { LogAccess } from '../product';

/** What the judges read off the replicas' logs; the logs are the durable truth, not a node's account of it. */

/** Brings up to date what the copies in each log are worth. Costs nothing when no log's standing has changed. */
export function updateStandings(sim: Sim<World>, logs: readonly LogAccess[]): void {
  for (const { node, log, servable } of logs) {
    const running = processOf(sim.state.env, node).state !== 'down';
    const standing = !servable ? Standing.withheld : running ? Standing.serving : Standing.waiting;
    setStanding(sim.state.ledger, node, standing, (visit) => {
      for (let row = log.first; row < logLength(log); row++)
        visit(recordMessage(sim.state.arena, recordAt(log, row)));
    });
  }
}

/**
 * Visits the records of a queue in its leader's log with from ≤ offset < to, in order. Begins at a row behind which
 * they all stand, and returns such a row for the next time, when `from` will be the present `to`.
 */
export function visitRecords(
  world: World,
  log: ReplicaLog,
  queue: number,
  { from, to, row: begin }: { readonly from: number; readonly to: number; readonly row: number },
  visit: (record: number, offset: number) => void,
): number {
  const { arena } = world;
  let row = Math.max(begin, log.first);
  for (; row < logLength(log); row++) {
    const record = recordAt(log, row);
    if (recordQueue(arena, record) !== queue) continue;
    const offset = recordOffset(arena, record);
    if (offset >= to) break;
    if (offset >= from) visit(record, offset);
  }
  return row;
}

/** True when the log holds something else where its leader has this record. */
export function contradicts(world: World, log: ReplicaLog, record: number): boolean {
  const { arena } = world;
  const begin = recordPhys(arena, record);
  const row = rowAtPhys(world, log, begin);
  const holds = (at: number) =>
    at >= log.first && at < logLength(log) && recordAt(log, at) !== record ? recordAt(log, at) : undefined;
  const before = holds(row - 1);
  if (before !== undefined && recordPhys(arena, before) + recordSize(arena, before) > begin) return true;
  const at = holds(row);
  return at !== undefined && recordPhys(arena, at) < begin + recordSize(arena, record);
}

/** True when two logs hold the same records wherever both hold any. */
export function isPrefix(world: World, follower: ReplicaLog, leader: ReplicaLog): boolean {
  const length = logLength(follower);
  if (length === follower.first || logLength(leader) === leader.first) return true;
  let row = follower.first;
  let other = rowAtPhys(world, leader, recordPhys(world.arena, recordAt(follower, row)));
  // Retention may have gone further on either side: begin where both begin.
  if (other === leader.first)
    row = rowAtPhys(world, follower, recordPhys(world.arena, recordAt(leader, other)));
  for (; row < length; row++, other++) {
    if (other >= logLength(leader)) return false;
    if (recordAt(follower, row) !== recordAt(leader, other)) return false;
  }
  return true;
}
