import { describe, expect, it } from 'vitest';
import type { ReplicaView } from '../../../view';
import { inspectorOf } from '../../inspectors';
import { acting, MASTER, SLAVE } from '../acting-master.fixture';
import type { Consuming } from '../consumer/consuming.fixture';
import { group, NODES } from '../dledger/dledger.fixture';

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
    expect(replica(run, old)).toMatchObject({ role: 'follower', replaced: true });
    expect(followers.some((id) => replica(run, id).replaced)).toBe(false);
    expect(replica(run, run.leader).election!.term).toBeGreaterThan(replica(run, old).election!.term);
    expect(rows(run, run.node(run.leader), 'MemberState')).toContainEqual(['role', 'leader']);
    expect(rows(run, run.node(run.leader), 'DLedgerEntryPusher.peerWaterMarksByTerm')).toHaveLength(2);
  });
});

describe('an election is seen', () => {
  it('with the vote of each node, and what a deposed leader had to cut off', () => {
    const run = group({ producer: { ratePerSecond: 20 } }).until(20_000);
    const { leader: old, followers } = run;
    const links = NODES.filter((node) => node !== old).map((node) => [old, node] as const);
    for (const between of links) run.act({ do: 'cut', between });
    run.until(35_000);
    const elected = run.leader;
    expect(followers.map((id) => replica(run, id).election!.votedFor)).toEqual([elected, elected]);
    // Without a quorum it gave up its part: it is a candidate and says so.
    expect(replica(run, old)).toMatchObject({ election: { role: 'candidate', votedFor: old } });
    expect(replica(run, old).replaced).toBeUndefined();
    const { term } = replica(run, old).election!;
    for (const between of links) run.act({ do: 'heal', between });
    for (let ms = 35_000; ms < 60_000 && replica(run, old).cut === undefined; ms += 200) run.until(ms);
    const cut = replica(run, old).cut!;
    expect(cut).toMatchObject({ messages: replica(run, old).election!.truncated, epoch: term, lost: 0 });
    expect(cut.messages).toBeGreaterThan(20);
    expect(cut.columns).toHaveLength(8);
    expect(followers.every((id) => replica(run, id).cut === undefined)).toBe(true);
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
