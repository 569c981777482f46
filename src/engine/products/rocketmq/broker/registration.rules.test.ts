import { describe, expect, it } from 'vitest';
import { processOf } from '../../../model/env';
import { cutLink, shutdownProcess } from '../../../model/process';
import type { BrokerConfig } from '../../../scenario/config';
import { Cluster, type ClusterOptions } from './broker.fixture';
import { storeWaits } from './recovery-kinds';
import {
  heartbeatsOff,
  masterLearned,
  registrationDue,
  registrationFailed,
  registrationSent,
  topicRegistered,
  unregistering,
} from './registration-kinds';

const S = 1_000_000;

const cluster = (config: Partial<BrokerConfig> = {}, more: ClusterOptions = {}) =>
  new Cluster({ nameservers: 2, ...more, brokers: { 'broker-a:0': config, ...more.brokers } }).start();
const times = (run: Cluster) => run.entries(registrationDue, 'broker-a:0').map((entry) => entry.timeUs / S);
const routes = (run: Cluster, id: string) => {
  const tables = run.sim.state.product.nameservers.get(run.node(id))?.tables;
  return [...(tables?.brokerAddrTable.get('broker-a')?.addrs ?? [])];
};

describe('registration', () => {
  it('[NS-5] at once, after 10 s, and then every 30 s', () => {
    expect(times(cluster().run(75 * S))).toEqual([0, 10, 40, 70]);
  });

  it.each([
    [1_000, [0, 10, 20, 30, 40, 50, 60, 70]],
    [600_000, [0, 10, 70]],
  ])('[NS-5] keeps a period of %i ms within 10 and 60 s', (registerNameServerPeriod, expected) => {
    expect(times(cluster({ registerNameServerPeriod }).run(75 * S))).toEqual(expected);
  });

  it('[NS-5] carries the full topic table', () => {
    const run = cluster({}, { topics: { A: 1, B: 1 } }).run(S);
    expect(run.entries(registrationDue)[0]?.a).toBe(3);
  });

  it('[NS-4] reaches every name server, and a dead one disturbs no other', () => {
    const run = cluster().run(S);
    expect(run.entries(registrationSent).map((entry) => entry.a)).toEqual([
      run.node('ns-1'),
      run.node('ns-2'),
    ]);
    run.kill('ns-1', 'process').run(11 * S);
    expect(run.entries(registrationFailed).map((entry) => entry.a)).toEqual([run.node('ns-1')]);
    expect(routes(run, 'ns-2')).toEqual([[0, run.node('broker-a:0')]]);
  });

  it('[NS-4] waits registerBrokerTimeoutMills for one that says nothing', () => {
    const silent = (version: '5.3' | '4.9') => {
      const run = cluster({}, { version }).run(9 * S);
      run.sim.intervene(() => cutLink(run.sim as never, run.node('broker-a:0'), run.node('ns-1')));
      run.run(38 * S);
      return run.entries(registrationFailed).map((entry) => entry.timeUs / S);
    };
    expect(silent('5.3')).toEqual([34]);
    expect(silent('4.9')).toEqual([16]);
  });

  it('[NS-6] tells a new topic at once, and only that topic', () => {
    const run = cluster().run(S);
    run.send(2 * S, { topic: 'New' });
    run.run(3 * S);
    expect(run.count(topicRegistered)).toBe(1);
    for (const id of ['ns-1', 'ns-2']) {
      const tables = run.sim.state.product.nameservers.get(run.node(id))?.tables;
      expect(tables?.topicQueueTable.has('New')).toBe(true);
    }
    expect(times(run)).toEqual([0]);
  });

  it('[NS-7] a slave learns its master from the answer, as soon as there is one', () => {
    const run = cluster({}, { brokers: { 'broker-a:0': {}, 'broker-a:1': { brokerRole: 'SLAVE' } } });
    run.run(20 * S);
    const [learned, ...more] = run.entries(masterLearned);
    expect(learned?.a).toBe(run.node('broker-a:0'));
    expect(more).toEqual([]);
    expect(run.broker('broker-a:1').store.memory.feed.master).toBe(run.node('broker-a:0'));
  });

  it('[NS-7] a slave keeps the address of a master that is gone', () => {
    const run = cluster({}, { brokers: { 'broker-a:0': {}, 'broker-a:1': { brokerRole: 'SLAVE' } } });
    run.run(20 * S);
    run.kill('broker-a:0', 'process').run(75 * S);
    const { feed } = run.broker('broker-a:1').store.memory;
    expect(feed.master).toBe(run.node('broker-a:0'));
    expect(feed.metadataFrom).toBeUndefined();
  });

  it('[NS-8] is the only sign of life', () => {
    expect(
      cluster()
        .entries(heartbeatsOff)
        .map((entry) => entry.a),
    ).toEqual([30 * S]);
  });

  it('[NS-9] a shutdown unregisters from each name server in turn before the process ends', () => {
    const run = cluster().run(5 * S);
    run.sim.intervene(() => shutdownProcess(run.sim as never, run.node('broker-a:0')));
    run.run(9 * S);
    expect(run.entries(unregistering).map((entry) => entry.a)).toEqual([run.node('ns-1'), run.node('ns-2')]);
    expect(routes(run, 'ns-1')).toEqual([]);
    expect(routes(run, 'ns-2')).toEqual([]);
    expect(processOf(run.sim.state.env, run.node('broker-a:0')).state).toBe('down');
  });

  it('[NS-9] gives a silent name server 3 s, and then goes on', () => {
    const run = cluster().run(5 * S);
    run.sim.intervene(() => cutLink(run.sim as never, run.node('broker-a:0'), run.node('ns-1')));
    run.sim.intervene(() => shutdownProcess(run.sim as never, run.node('broker-a:0')));
    run.run(7_900_000);
    expect(processOf(run.sim.state.env, run.node('broker-a:0')).state).toBe('stopping');
    run.run(8_100_000);
    expect(run.entries(storeWaits).map((entry) => entry.a)).toEqual([3 * S]);
    run.run(11_100_000);
    expect(processOf(run.sim.state.env, run.node('broker-a:0')).state).toBe('down');
    expect(routes(run, 'ns-2')).toEqual([]);
  });

  it('[NS-9] it registers no more while that lasts', () => {
    const run = cluster().run(39 * S);
    run.sim.intervene(() => cutLink(run.sim as never, run.node('broker-a:0'), run.node('ns-1')));
    run.sim.intervene(() => shutdownProcess(run.sim as never, run.node('broker-a:0')));
    run.run(45 * S);
    expect(times(run)).toEqual([0, 10]);
  });
});
