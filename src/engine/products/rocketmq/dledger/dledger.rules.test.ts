import { expect, it } from 'vitest';
import { group } from './dledger.fixture';

it('works at all', () => {
  const run = group({ producer: { ratePerSecond: 20 }, consumers: 1 }).until(10_000);
  console.log(run.leader, run.followers, run.nodes.map((n) => [n.brokerId, n.role, n.store.disk.raft.term, n.store.log.records.length, n.store.disk.raft.committed, n.store.memory.raft.role]));
  console.log(run.count('send.ok'), run.count('record.consumed'), run.run.sim.steps);
  for (const e of run.entries(['message.stored','raft.pushed','raft.appended','raft.committed','message.answered','put.answered','record.dispatched'].slice()).slice(0,20)) console.log(e.atMs, e.node, e.kind.type, e.a, e.b);
  expect(run.leader).not.toBe('');
});
