import { describe, expect, it } from 'vitest';
import { killProcess, startProcess } from '../../model/process';
import { fakeCluster, SECOND } from './fake-cluster.fixture';
import { rebaseTimers, tickAtOrAfter, timerBaseUs } from './timers';

/** When periodic timers tick: by the heartbeats and polls of a client, and by computed schedules. */

const CLUSTER = {
  brokers: [{ name: 'a0', brokerName: 'broker-a', topics: [{ topic: 'Orders' }] }],
  consumers: [{ id: 'c', topic: 'Orders' }],
};

describe('periodic timers', () => {
  it('tick from the start of their process, after their first delay, at a fixed rate', () => {
    const cluster = fakeCluster(CLUSTER);
    cluster.run(95 * SECOND);
    expect(cluster.seen('client.heartbeat').map(({ timeUs }) => Math.floor(timeUs / SECOND))).toEqual([
      1, 31, 61, 91,
    ]);
  });

  it('take the period of the configuration', () => {
    const cluster = fakeCluster(CLUSTER);
    const consumer = cluster.sim.state.product.consumers.get(cluster.node('c'))!;
    consumer.config = { ...consumer.config, heartbeatBrokerInterval: 5_000 };
    killProcess(cluster.sim as never, cluster.node('c'), 'process');
    cluster.run(2 * SECOND);
    startProcess(cluster.sim as never, cluster.node('c'));
    cluster.run(14 * SECOND);
    expect(cluster.seen('client.heartbeat').map(({ timeUs }) => Math.floor(timeUs / SECOND))).toEqual([
      3, 8, 13,
    ]);
  });

  it('end with their process and begin anew with it', () => {
    const cluster = fakeCluster(CLUSTER);
    cluster.run(10 * SECOND);
    killProcess(cluster.sim as never, cluster.node('c'), 'process');
    cluster.run(50 * SECOND);
    expect(cluster.seen('client.heartbeat')).toHaveLength(1);
    startProcess(cluster.sim as never, cluster.node('c'));
    cluster.run(60 * SECOND);
    expect(cluster.seen('client.heartbeat').map(({ timeUs }) => Math.floor(timeUs / SECOND))).toEqual([
      1, 51,
    ]);
  });

  it('are rebased all at once: the old ticks are void', () => {
    const cluster = fakeCluster(CLUSTER);
    cluster.run(20 * SECOND);
    rebaseTimers(cluster.sim);
    expect(timerBaseUs(cluster.sim, cluster.node('c'))).toBe(20 * SECOND);
    cluster.run(60 * SECOND);
    expect(cluster.seen('client.heartbeat').map(({ timeUs }) => Math.floor(timeUs / SECOND))).toEqual([
      1, 21, 51,
    ]);
  });

  it('stay rebased over a snapshot', () => {
    const cluster = fakeCluster(CLUSTER);
    cluster.run(20 * SECOND);
    rebaseTimers(cluster.sim);
    cluster.run(25 * SECOND);
    const moment = cluster.sim.snapshot();
    cluster.run(100 * SECOND);
    const { digest } = cluster.sim;
    cluster.sim.restore(moment);
    cluster.run(100 * SECOND);
    expect(cluster.sim.digest).toBe(digest);
  });
});

describe('a schedule that is only computed', () => {
  const every = { firstUs: 3 * SECOND, periodUs: SECOND };

  it('falls on its grid, at or after the moment asked for', () => {
    const cluster = fakeCluster(CLUSTER);
    const node = cluster.node('c');
    const tick = (us: number) => tickAtOrAfter(cluster.sim, node, every, us) / SECOND;
    expect([0, 3, 3.000001, 3.999999, 4, 10.5].map((s) => tick(s * SECOND))).toEqual([3, 3, 4, 4, 4, 11]);
  });

  it('counts from the start of the process', () => {
    const cluster = fakeCluster(CLUSTER);
    const node = cluster.node('c');
    cluster.run(1_500_000);
    killProcess(cluster.sim as never, node, 'process');
    startProcess(cluster.sim as never, node);
    expect(tickAtOrAfter(cluster.sim, node, every, 5 * SECOND)).toBe(5_500_000);
  });
});
