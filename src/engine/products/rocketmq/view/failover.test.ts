import { describe, expect, it } from 'vitest';
import type { ReplicaView } from '../../../view';
import { inspectorOf } from '../../inspectors';
import { acting, MASTER, SLAVE } from '../acting-master.fixture';
import type { Consuming } from '../consumer/consuming.fixture';
import { group } from '../dledger/dledger.fixture';

const replicas = ({ run }: Consuming) =>
  run.product.view(run.sim as never).groups.find(({ id }) => id === 'broker-a')!.replicas;
const replica = (cluster: Consuming, id: string): ReplicaView =>
  replicas(cluster).find((one) => one.id === id)!;
const rows = ({ run }: Consuming, node: number, source: string) =>
  inspectorOf(run.product)(run.sim, node)!.sections.find((section) => section.source === source)?.rows;

describe('a DLedger group is seen', () => {
  it('with the part of each node, and the new leader where the old one stood', () => {
    const run = group({ producer: { ratePerSecond: 20 } }).until(20_000);
    const { leader: old, followers } = run;
    const votedFor = old;
    expect(replica(run, old)).toMatchObject({
      role: 'leader',
      replica: 0,
      election: { role: 'leader', votedFor },
    });
    for (const follower of followers) {
      const seen = replica(run, follower);
      expect(seen).toMatchObject({ role: 'follower', election: { role: 'follower', truncated: 0 } });
      expect(seen.feed?.connected).toBe(true);
    }
    run.act({ do: 'kill', target: old, failure: 'process' });
    run.until(40_000);
    expect(run.leader).not.toBe(old);
    expect(replica(run, run.leader).role).toBe('leader');
    expect(replica(run, old).role).toBe('follower');
    expect(replica(run, run.leader).election!.term).toBeGreaterThan(replica(run, old).election!.term);
    expect(rows(run, run.node(run.leader), 'MemberState')).toContainEqual(['role', 'leader']);
    expect(rows(run, run.node(run.leader), 'DLedgerEntryPusher.peerWaterMarksByTerm')).toHaveLength(2);
  });
});

describe('an acting master is seen', () => {
  it('at itself and in the table of the name server', () => {
    const run = acting({ actions: [{ at: '40s', do: 'kill', target: MASTER, failure: 'process' }] }).until(
      30_000,
    );
    const listed = () =>
      rows(run, run.node('ns-1'), 'RouteInfoManager.brokerAddrTable')!.find(
        ([name]) => name === 'broker-a',
      )![1];
    expect(replica(run, SLAVE).acting).toBeUndefined();
    expect(listed()).toContain(`1: ${SLAVE}`);
    run.until(60_000);
    expect(replica(run, SLAVE).acting).toBe(true);
    expect(listed()).toBe(`0 ← 1: ${SLAVE}`);
    expect(rows(run, run.node(SLAVE), 'BrokerController.syncBrokerMemberGroup')).toContainEqual([
      'acting master',
      'true',
    ]);
  });
});
