import { describe, expect, it } from 'vitest';
import { linkBetween } from '../../../model/env';
import { messageLost } from '../../../model/ledger';
import { recordAt } from '../../../model/log';
import { cutLink, freezeProcess } from '../../../model/process';
import { subscriptionGroupDefaults } from '../../../scenario/config';
import { Code } from '../protocol';
import { Cluster, MASTER, pair, SLAVE } from './broker.fixture';
import { waitSkipped } from './flush-kinds';
import {
  ackAlone,
  acksConfigured,
  metadataSynced,
  noSlaveTimedOut,
  offsetsAge,
  ownOffsetsCount,
  replicasReached,
  replicasTimedOut,
  slaveNotAvailable,
} from './ha-kinds';
import { resetOffset } from './service-reset';
import { setBrokerConfig } from './set-config';
import { inMemory, memoryRatioOf, topicConfigOf } from './store-state';
import { alterTopic } from './topics';

const MS = 1_000;
const S = 1_000_000;
const rows = (run: Cluster, id: string) => run.broker(id).store.log.records.length;
const _records = (run: Cluster, id: string) => {
  const { log } = run.broker(id).store;
  return Array.from({ length: log.records.length - log.first }, (_, row) => recordAt(log, log.first + row));
};

describe('acknowledgements', () => {
  it('[HA-7] [HA-10] [CM-30] SYNC_MASTER with the defaults of 5.3 waits for nobody', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER' }, { env: { latencyUs: 20 * MS } }).run(15 * S);
    run.send(16 * S);
    run.send(17 * S);
    run.run(18 * S);
    expect(run.entries(acksConfigured).map((entry) => entry.a)).toEqual([1]);
    expect(run.replies[1]?.tookUs).toBeLessThan(41 * MS);
    expect(run.count(ackAlone)).toBe(2);
  });

  it('[HA-7] [CM-31] inSyncReplicas=2 waits for one slave', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 }).run(15 * S);
    linkBetween(run.sim.state.env, run.node(MASTER), run.node(SLAVE)).latencyUs = 100 * MS;
    run.send(16 * S);
    run.send(17 * S);
    run.run(18 * S);
    const [, reply] = run.replies;
    expect(reply?.status).toBe(0);
    expect(reply?.tookUs).toBeGreaterThan(200 * MS);
    expect(reply?.tookUs).toBeLessThan(203 * MS);
    expect(run.count(replicasReached)).toBe(2);
  });

  it('[HA-7] does not wait when the message says WAIT=false, nor as ASYNC_MASTER', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 }).run(15 * S);
    run.kill(SLAVE, 'process');
    run.send(16 * S, { wait: false });
    run.run(17 * S);
    expect(run.replies[0]?.status).toBe(0);
    expect(run.count(waitSkipped)).toBe(1);
    run.sim.intervene(() => setBrokerConfig(run.sim, run.node(MASTER), { brokerRole: 'ASYNC_MASTER' }));
    run.send(18 * S);
    run.run(19 * S);
    expect(run.replies[1]?.tookUs).toBeLessThan(2 * MS);
  });

  it('[HA-7] [CM-35] answers FLUSH_SLAVE_TIMEOUT after 3 s while the slave stands still; the message stays', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 }).run(15 * S);
    run.sim.intervene(() => freezeProcess(run.sim as never, run.node(SLAVE), 10 * S));
    run.send(16 * S);
    run.run(20 * S);
    expect(run.replies[0]?.status).toBe(Code.FLUSH_SLAVE_TIMEOUT);
    expect(run.replies[0]?.tookUs).toBeGreaterThan(3 * S);
    expect(run.replies[0]?.tookUs).toBeLessThan(3_010 * MS);
    expect(run.count(replicasTimedOut)).toBe(1);
    run.run(30 * S);
    expect(rows(run, SLAVE)).toBe(1);
  });

  it('[HA-8] [CM-34] waits as long without any slave, message by message and side by side', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 }).run(15 * S);
    run.kill(SLAVE, 'process');
    run.stream(16 * S, 17 * S, 100 * MS);
    run.run(25 * S);
    expect(run.replies).toHaveLength(10);
    expect(run.replies.every((reply) => reply.status === Code.FLUSH_SLAVE_TIMEOUT)).toBe(true);
    expect(Math.max(...run.replies.map((reply) => reply.tookUs))).toBeLessThan(3_010 * MS);
    expect(run.count(noSlaveTimedOut)).toBe(10);
  });

  it('[HA-7] three copies need two slaves', () => {
    const run = new Cluster({
      brokers: {
        [MASTER]: { brokerRole: 'SYNC_MASTER', inSyncReplicas: 3 },
        [SLAVE]: { brokerRole: 'SLAVE' },
        'broker-a:2': { brokerRole: 'SLAVE' },
      },
    }).start();
    run.send(16 * S);
    run.run(17 * S);
    expect(run.replies[0]?.status).toBe(0);
    run.kill('broker-a:2', 'process');
    run.send(18 * S);
    run.run(22 * S);
    expect(run.replies[1]?.status).toBe(Code.FLUSH_SLAVE_TIMEOUT);
  });

  it.each([
    ['[CM-13] ASYNC_FLUSH', {}],
    ['[CM-23] SYNC_FLUSH', { flushDiskType: 'SYNC_FLUSH' as const }],
  ])('%s: a dead slave changes nothing for an ASYNC_MASTER', (_, config) => {
    const run = pair(config).run(15 * S);
    run.kill(SLAVE, 'process');
    run.stream(16 * S, 17 * S, 10 * MS);
    run.run(18 * S);
    expect(run.replies).toHaveLength(100);
    expect(run.replies.every((reply) => reply.status === 0 && reply.tookUs < 20 * MS)).toBe(true);
    expect(run.count(messageLost)).toBe(0);
    run.revive(SLAVE).run(50 * S);
    expect(rows(run, SLAVE)).toBe(100);
  });

  it('[CM-33] what was answered is on the slave when the master loses its disk', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 }).run(15 * S);
    run.stream(16 * S, 18 * S, MS);
    run.run(17 * S);
    run.kill(MASTER, 'disk').run(20 * S);
    expect(run.count(messageLost)).toBe(0);
  });

  it('[CM-36] SYNC_FLUSH and two copies lose nothing when both hosts lose power', () => {
    const run = pair(
      { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2, flushDiskType: 'SYNC_FLUSH' },
      { slave: { flushIntervalCommitLog: 600_000 } },
    ).run(15 * S);
    run.stream(16 * S, 18 * S, MS);
    run.run(17 * S);
    run
      .kill(MASTER, 'power')
      .kill(SLAVE, 'power')
      .run(20 * S);
    expect(run.count(messageLost)).toBe(0);
  });

  it('[CM-32] with ASYNC_FLUSH two copies in page caches are lost together', () => {
    const run = pair(
      { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2, flushIntervalCommitLog: 600_000 },
      { slave: { flushIntervalCommitLog: 600_000 } },
    ).run(15 * S);
    run.stream(16 * S, 17 * S, 10 * MS);
    run.run(17 * S);
    run.kill(MASTER, 'power');
    expect(run.count(messageLost)).toBe(0);
    run.kill(SLAVE, 'power').run(20 * S);
    expect(run.count(messageLost)).toBe(100);
  });

  it('[CM-14] a cut to the slave changes nothing until the master is lost', () => {
    const run = pair().run(15 * S);
    run.stream(16 * S, 20 * S, 10 * MS);
    run.run(17 * S);
    run.sim.intervene(() => cutLink(run.sim as never, run.node(MASTER), run.node(SLAVE)));
    run.run(20 * S);
    expect(run.replies.every((reply) => reply.status === 0)).toBe(true);
    const behind = rows(run, MASTER) - rows(run, SLAVE);
    expect(behind).toBeGreaterThan(290);
    run.kill(MASTER, 'disk');
    expect(run.count(messageLost)).toBeGreaterThan(290);
  });
});

describe('4.9', () => {
  it('[HA-9] [VC-1] SYNC_MASTER waits for one slave without further settings', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER' }, { version: '4.9' }).run(15 * S);
    linkBetween(run.sim.state.env, run.node(MASTER), run.node(SLAVE)).latencyUs = 100 * MS;
    run.send(16 * S);
    run.send(17 * S);
    run.run(18 * S);
    expect(run.replies[1]?.tookUs).toBeGreaterThan(200 * MS);
    expect(run.replies[1]?.status).toBe(0);
  });

  it('[HA-9] [CM-37] answers SLAVE_NOT_AVAILABLE at once without a slave, and stores', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER' }, { version: '4.9' }).run(15 * S);
    run.send(15_500 * MS);
    run.run(15_900 * MS);
    run.kill(SLAVE, 'process');
    run.send(16 * S);
    run.run(17 * S);
    expect(run.replies[1]?.status).toBe(Code.SLAVE_NOT_AVAILABLE);
    expect(run.replies[1]?.tookUs).toBeLessThan(2 * MS);
    expect(rows(run, MASTER)).toBe(2);
    expect(run.count(slaveNotAvailable)).toBe(1);
  });

  it('[HA-9] [CM-38] answers FLUSH_SLAVE_TIMEOUT until the silent link is closed, and then at once', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER' }, { version: '4.9' }).run(15 * S);
    run.kill(SLAVE, 'power');
    run.send(16 * S);
    run.send(50 * S);
    run.run(52 * S);
    expect(run.replies.map((reply) => reply.status)).toEqual([
      Code.FLUSH_SLAVE_TIMEOUT,
      Code.SLAVE_NOT_AVAILABLE,
    ]);
  });

  it('[HA-9] answers SLAVE_NOT_AVAILABLE when the slave is haSlaveFallbehindMax behind', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', haSlaveFallbehindMax: 5_000 }, { version: '4.9' }).run(
      15 * S,
    );
    run.sim.intervene(() => freezeProcess(run.sim as never, run.node(SLAVE), 10 * S));
    run.stream(16 * S, 16_010 * MS, MS);
    run.run(17 * S);
    expect(run.replies).toHaveLength(6);
    expect(run.replies.every((reply) => reply.status === Code.SLAVE_NOT_AVAILABLE)).toBe(true);
    run.run(20 * S);
    expect(run.replies.filter((reply) => reply.status === Code.FLUSH_SLAVE_TIMEOUT)).toHaveLength(4);
  });

  it('[HA-9] 5.3 never answers SLAVE_NOT_AVAILABLE', () => {
    const run = pair({ brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 }).run(15 * S);
    run.kill(SLAVE, 'process');
    run.send(16 * S);
    run.run(25 * S);
    expect(run.count(slaveNotAvailable)).toBe(0);
  });
});

describe('metadata', () => {
  it('[HA-11] 5.3: the first sync after more than 60 s, at a tick of 3 s', () => {
    const run = pair().run(140 * S);
    expect(run.entries(metadataSynced).map((entry) => Math.floor(entry.timeUs / S))).toEqual([61, 124]);
  });

  it('[HA-11] [VC-1] 4.9: every 10 s', () => {
    const run = pair({}, { version: '4.9' }).run(45 * S);
    expect(run.entries(metadataSynced).map((entry) => Math.floor(entry.timeUs / S))).toEqual([
      10, 20, 30, 40,
    ]);
  });

  it('[HA-11] replaces the topic table of the slave', () => {
    const run = pair().run(15 * S);
    run.sim.intervene(() => alterTopic(run.sim, 'Orders', null, { readQueueNums: 6, writeQueueNums: 6 }));
    run.run(60 * S);
    expect(topicConfigOf(run.broker(SLAVE), 'Orders')?.readQueueNums).toBe(4);
    run.run(70 * S);
    expect(topicConfigOf(run.broker(SLAVE), 'Orders')?.readQueueNums).toBe(6);
  });

  it("[HA-11] the master's offset of a group replaces that of the slave, a lower one as well", () => {
    const run = pair().run(15 * S);
    run.broker(MASTER).service.offsets.set('Orders@g', [5]);
    run.broker(SLAVE).service.offsets.set('Orders@g', [9]).set('Orders@other', [3]);
    run.run(70 * S);
    expect(run.broker(SLAVE).service.offsets.get('Orders@g')).toEqual([5]);
    expect(run.broker(SLAVE).service.offsets.get('Orders@other')).toEqual([3]);
  });

  it('[HA-17] a slave resets no offsets, also while its master is gone', () => {
    const run = pair().run(70 * S);
    for (const id of [MASTER, SLAVE])
      run.broker(id).service.disk.subscriptionGroups.set('g', subscriptionGroupDefaults('5.3'));
    run.kill(MASTER, 'process').run(75 * S);
    run.sim.intervene(() => {
      expect(resetOffset(run.sim, 'g', 'Orders', { to: 'latest' }).ok).toBe(false);
    });
    expect(run.broker(SLAVE).service.offsets.has('Orders@g')).toBe(false);
  });

  it('[HA-12] says how old the offsets are when the master is gone', () => {
    const run = pair().run(100 * S);
    run.kill(MASTER, 'process').run(101 * S);
    const [age] = run.entries(offsetsAge);
    expect(age?.a).toBeGreaterThan(38 * S);
    expect(age?.a).toBeLessThan(40 * S);
  });

  it('[HA-18] a master that returns counts its own offsets', () => {
    const run = pair().run(15 * S);
    run.kill(MASTER, 'process').run(25 * S);
    run.revive(MASTER);
    expect(run.entries(ownOffsetsCount).map((entry) => entry.a)).toEqual([10 * S]);
    run.kill(SLAVE, 'process').run(30 * S);
    run.revive(SLAVE);
    expect(run.count(ownOffsetsCount)).toBe(1);
  });
});

describe('reading', () => {
  it('[HA-14] 16 GiB of memory keep 6.4 GiB for a master and 4.8 GiB for a slave', () => {
    const GIB = 1_073_741_824;
    const run = pair({}, { env: { pageCacheBytes: 16 * GIB } }).run(15 * S);
    expect(memoryRatioOf(run.broker(MASTER))).toBe(40);
    expect(memoryRatioOf(run.broker(SLAVE))).toBe(30);
    for (const [id, bytes] of [
      [MASTER, Math.floor(6.4 * GIB)],
      [SLAVE, Math.floor(4.8 * GIB)],
    ] as const) {
      const broker = run.broker(id);
      broker.store.log.startPhys = 10 * GIB;
      expect(inMemory(run.sim, broker, 10 * GIB - bytes)).toBe(true);
      expect(inMemory(run.sim, broker, 10 * GIB - bytes - 1)).toBe(false);
    }
  });
});
