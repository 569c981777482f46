import { describe, expect, it } from 'vitest';
import { linkBetween, processOf } from '../../../model/env';
import { isLost, messageLost } from '../../../model/ledger';
import { recordAt } from '../../../model/log';
import { cutLink, healLink } from '../../../model/process';
import { recordPhys } from '../../../model/world';
import type { BrokerConfig } from '../../../scenario/config';
import { Cluster, MASTER, pair, SLAVE } from './broker.fixture';
import { confirmRowsOf } from './confirm';
import { flushBegun } from './flush-kinds';
import {
  feedLost,
  feedOpened,
  feedRetries,
  gapCrossed,
  linkExpired,
  pieceAppended,
  pieceMismatch,
  pieceSent,
  roleTaken,
  slaveAhead,
  startRefused,
  transferBegins,
  unsentLost,
} from './ha-kinds';
import { messageStored } from './log-kinds';
import { recoveryDone } from './recovery-kinds';
import { setBrokerConfig } from './set-config';
import { maxPhysOf } from './store-state';

const MS = 1_000;
const S = 1_000_000;
const rows = (run: Cluster, id: string) => run.broker(id).store.log.records.length;
const records = (run: Cluster, id: string) => {
  const { log } = run.broker(id).store;
  return Array.from({ length: log.records.length - log.first }, (_, row) => recordAt(log, log.first + row));
};

describe('roles', () => {
  it('[HA-1] come from the configuration: a master role forces id 0', () => {
    const run = new Cluster({ brokers: { 'broker-a:7': { brokerRole: 'SYNC_MASTER' } } }).start();
    expect(run.broker('broker-a:7').brokerId).toBe(0);
    expect(run.count(roleTaken)).toBe(1);
  });

  it('[HA-1] a SLAVE with id 0 refuses to start', () => {
    const run = new Cluster({ brokers: { 'broker-a:0': { brokerRole: 'SLAVE' } } }).start();
    expect(run.count(startRefused)).toBe(1);
    expect(processOf(run.sim.state.env, run.node(MASTER)).state).toBe('down');
  });

  it('[HA-1] nothing promotes a slave while its master is gone', () => {
    const run = pair().run(15 * S);
    run.kill(MASTER, 'power').run(300 * S);
    expect(run.broker(SLAVE).brokerId).toBe(1);
    expect(run.broker(SLAVE).config.brokerRole).toBe('SLAVE');
  });

  it('[HA-1] an operator promotes it by its configuration, and takes the promotion back', () => {
    const run = pair().run(15 * S);
    run.send(16 * S);
    run.run(17 * S);
    run.kill(MASTER, 'power').run(18 * S);
    const set = (brokerRole: 'ASYNC_MASTER' | 'SLAVE') =>
      run.sim.intervene(() =>
        expect(setBrokerConfig(run.sim, run.node(SLAVE), { brokerRole }).ok).toBe(true),
      );
    set('ASYNC_MASTER');
    expect(run.broker(SLAVE).brokerId).toBe(0);
    run.send(19 * S, { to: SLAVE });
    run.run(20 * S);
    expect(run.replies.at(-1)?.status).toBe(0);
    expect(rows(run, SLAVE)).toBe(2);
    const addrs = run.sim.state.product.nameservers
      .get(run.node('ns-1'))
      ?.tables.brokerAddrTable.get('broker-a')?.addrs;
    expect(addrs?.get(0)).toBe(run.node(SLAVE));
    set('SLAVE');
    expect(run.broker(SLAVE).brokerId).toBe(1);
  });

  it('[HA-1] refuses to make a slave of a broker whose id is 0', () => {
    const run = pair().run(S);
    run.sim.intervene(() =>
      expect(setBrokerConfig(run.sim, run.node(MASTER), { brokerRole: 'SLAVE' }).ok).toBe(false),
    );
    expect(run.broker(MASTER).config.brokerRole).toBe('ASYNC_MASTER');
  });
});

describe('replication', () => {
  it('[HA-2] [HA-3] [HA-6] a slave connects, is sent the log, and acknowledges what it has appended', () => {
    const run = pair().run(15 * S);
    expect(run.entries(feedOpened).map((entry) => entry.node)).toEqual([run.node(SLAVE)]);
    run.stream(15 * S, 16 * S, 10 * MS);
    run.run(17 * S);
    expect(records(run, SLAVE)).toEqual(records(run, MASTER));
    const [link] = run.broker(MASTER).store.memory.links.values();
    expect(link?.ackPhys).toBe(100 * 1_181);
    expect(run.broker(SLAVE).store.log.cached).toBe(100);
  });

  it('[HA-3] an idle sender looks every 100 ms', () => {
    const run = pair().run(15 * S);
    run.send(16_010 * MS);
    run.run(17 * S);
    const [stored] = run.entries(messageStored);
    const [sent] = run.entries(pieceSent);
    const waited = (sent?.timeUs ?? 0) - (stored?.timeUs ?? 0);
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThanOrEqual(100 * MS);
    run.send(17_010 * MS);
    run.run(18 * S);
    const [, second] = run.entries(pieceSent);
    // The waits follow each other without a pause, but for the time that sending takes.
    const since = (second?.timeUs ?? 0) - (sent?.timeUs ?? 0);
    expect(since % (100 * MS)).toBeLessThan(100);
  });

  it('[HA-3] sends pieces of at most haTransferBatchSize, one right after the other', () => {
    const run = pair().run(15 * S);
    run.stream(16 * S, 16_090 * MS, 500);
    run.run(17 * S);
    const pieces = run.entries(pieceSent);
    expect(pieces.every((entry) => entry.b <= 32_768)).toBe(true);
    const burst = pieces.filter((entry) => entry.b > 30_000);
    expect(burst.length).toBeGreaterThan(2);
    for (const [index, piece] of burst.slice(1).entries()) {
      expect(piece.timeUs - (burst[index]?.timeUs ?? 0)).toBeLessThan(40);
    }
  });

  it('[HA-3] only a put that waits for replicas wakes the sender', () => {
    const waitOf = (config: Partial<BrokerConfig>) => {
      const run = pair({ brokerRole: 'SYNC_MASTER', ...config }).run(15 * S);
      run.send(16_010 * MS);
      run.run(17 * S);
      return (run.entries(pieceSent)[0]?.timeUs ?? 0) - (run.entries(messageStored)[0]?.timeUs ?? 0);
    };
    expect(waitOf({ inSyncReplicas: 2 })).toBe(0);
    expect(waitOf({ inSyncReplicas: 1 })).toBeGreaterThan(10 * MS);
  });

  it('[HA-3] with flow control sends no more than maxHaTransferByteInSecond', () => {
    const run = pair({ haFlowControlEnable: true, maxHaTransferByteInSecond: 50_000 }).run(15 * S);
    run.stream(16 * S, 16_200 * MS, MS);
    run.run(17 * S);
    expect(rows(run, SLAVE)).toBeLessThan(120);
    run.run(25 * S);
    expect(rows(run, SLAVE)).toBe(200);
  });

  it('[HA-3] sends what is not flushed', () => {
    const run = pair({ flushIntervalCommitLog: 600_000 }).run(15 * S);
    run.send(16 * S);
    run.run(17 * S);
    expect(run.broker(MASTER).store.log.flushed).toBe(0);
    expect(rows(run, SLAVE)).toBe(1);
  });

  it('[HA-2] an idle link stays open: both sides say something every 5 s', () => {
    const run = pair().run(300 * S);
    expect(run.count(linkExpired)).toBe(0);
    expect(run.count(feedOpened)).toBe(1);
  });

  it('[HA-2] a link without a word for 20 s is closed by either side, and tried again', () => {
    const run = pair().run(15 * S);
    run.sim.intervene(() => cutLink(run.sim as never, run.node(MASTER), run.node(SLAVE)));
    run.run(60 * S);
    const expired = run.entries(linkExpired);
    expect(expired.map((entry) => entry.node).sort()).toEqual([run.node(MASTER), run.node(SLAVE)].sort());
    for (const entry of expired) {
      expect(entry.b).toBeGreaterThan(20 * S);
      expect(entry.b).toBeLessThan(20_002 * MS);
    }
    // A try takes 5 s until it is given up, and the next follows 5 s later.
    const tries = run
      .entries(feedRetries)
      .slice(1)
      .map((entry) => entry.timeUs);
    expect((tries[1] ?? 0) - (tries[0] ?? 0)).toBe(10 * S);
    run.sim.intervene(() => healLink(run.sim as never, run.node(MASTER), run.node(SLAVE)));
    run.run(75 * S);
    expect(run.count(feedOpened)).toBe(2);
  });

  it('[HA-2] a refused slave tries again every 5 s, and then catches up', () => {
    const run = pair().run(15 * S);
    run.kill(MASTER, 'process').run(31 * S);
    expect(run.count(feedLost)).toBe(1);
    expect(run.entries(feedRetries).length).toBeGreaterThanOrEqual(3);
    run.revive(MASTER);
    run.send(40 * S);
    run.run(45 * S);
    expect(rows(run, SLAVE)).toBe(1);
  });

  it('[HA-4] an empty slave starts with the file that is being written', () => {
    const files = { mappedFileSizeCommitLog: 12_000 };
    const run = pair(files, { slave: files });
    run.kill(SLAVE, 'process');
    run.stream(S, 4_500 * MS, 100 * MS);
    run.run(5 * S);
    run.restart(SLAVE);
    run.run(25 * S);
    expect(run.entries(transferBegins).at(-1)?.b).toBe(36_000);
    expect(rows(run, SLAVE)).toBe(5);
    expect(run.broker(SLAVE).store.log.startPhys).toBe(36_000);
    const [queue] = run.broker(SLAVE).store.disk.queues.values();
    expect(queue?.base).toBeGreaterThan(0);
  });

  it('[HA-4] a slave that has something goes on where it ends', () => {
    const run = pair().run(15 * S);
    run.stream(15 * S, 16 * S, 100 * MS);
    run.run(17 * S);
    run.kill(SLAVE, 'process');
    run.stream(17 * S, 18 * S, 100 * MS);
    run.run(18 * S);
    run.restart(SLAVE).run(40 * S);
    expect(run.entries(transferBegins).at(-1)?.b).toBe(10 * 1_181);
    expect(records(run, SLAVE)).toEqual(records(run, MASTER));
  });

  it('[HA-6] the slave flushes on its own loop, every 10 ms with SYNC_FLUSH', () => {
    const run = pair({}, { slave: { flushDiskType: 'SYNC_FLUSH' }, env: { fsyncUs: MS } }).run(15 * S);
    run.stream(16 * S, 17 * S, MS);
    run.run(18 * S);
    const times = run.entries(flushBegun, SLAVE).map((entry) => entry.timeUs);
    expect(times.length).toBeGreaterThan(5);
    for (const [index, time] of times.slice(1).entries()) {
      expect(time - (times[index] ?? 0)).toBeGreaterThan(10 * MS);
    }
    expect(run.broker(SLAVE).store.log.flushed).toBe(1_000);
  });
});

describe('a master that lost a tail', () => {
  /** 100 messages on both; the master loses the last 50, and gets others of another size. */
  const diverged = (bodyBytes: number) => {
    // Only the unconditional flushes at 0.5, 10.5 and 20.5 s count.
    const run = pair({ flushCommitLogLeastPages: 100_000 });
    run.stream(9 * S, 9_500 * MS, 10 * MS);
    run.stream(15 * S, 15_500 * MS, 10 * MS);
    run.run(16_500 * MS);
    expect(rows(run, SLAVE)).toBe(100);
    run.kill(MASTER, 'power').run(20 * S);
    run.revive(MASTER).run(45 * S);
    run.send(46 * S);
    run.stream(47 * S, 48 * S, 10 * MS, { bodyBytes });
    return run;
  };

  it('[HA-5] [CM-32] the slave keeps the tail and gets nothing until the master has grown past it', () => {
    const run = diverged(1_024).run(46_500 * MS);
    expect(run.entries(slaveAhead).at(-1)?.b).toBe(50 * 1_181);
    expect(run.count(messageLost)).toBe(0);
    const surplus = maxPhysOf(run.sim, run.broker(SLAVE)) - maxPhysOf(run.sim, run.broker(MASTER));
    expect(surplus).toBeGreaterThan(0);
    const before = records(run, SLAVE);
    run.run(47_200 * MS);
    expect(records(run, SLAVE)).toEqual(before);
    run.run(50 * S);
    expect(run.count(gapCrossed)).toBe(1);
    expect(maxPhysOf(run.sim, run.broker(SLAVE))).toBe(maxPhysOf(run.sim, run.broker(MASTER)));
    // The logs part where the master was cut, and agree in places again behind the old end of the slave.
    const [own, theirs] = [records(run, SLAVE), records(run, MASTER)];
    expect(own.slice(0, 100)).toEqual(before);
    expect(own[50]).not.toBe(theirs[50]);
    expect(own.at(-1)).toBe(theirs.at(-1));
  });

  it('[HA-5] what continues in the middle of a record can not be read, and goes at the next start', () => {
    const run = diverged(1_000).run(50 * S);
    const slave = run.broker(SLAVE);
    expect(slave.store.disk.torn?.row).toBe(100);
    expect(confirmRowsOf(run.sim, slave)).toBe(100);
    expect(rows(run, SLAVE)).toBeGreaterThan(100);
    expect(slave.store.memory.dispatchedRows).toBe(100);
    run.kill(SLAVE, 'process').restart(SLAVE);
    run.runUntil(recoveryDone, SLAVE);
    expect(rows(run, SLAVE)).toBe(100);
  });

  it('[HA-5] its positions count as acknowledged, whatever stands there', () => {
    const run = diverged(1_024).run(46_100 * MS);
    run.sim.intervene(() =>
      setBrokerConfig(run.sim, run.node(MASTER), { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 }),
    );
    run.send(46_200 * MS);
    run.run(46_300 * MS);
    expect(run.replies.at(-1)?.status).toBe(0);
    const stored = run.entries(messageStored).at(-1)?.a;
    expect(records(run, SLAVE)).not.toContain(stored);
  });

  it('[HA-5] a piece that does not begin where the slave ends makes it drop the link for 5 s', () => {
    const run = pair().run(15 * S);
    const link = linkBetween(run.sim.state.env, run.node(MASTER), run.node(SLAVE));
    run.send(16 * S);
    run.run(16_300 * MS);
    link.dropAB = 1;
    run.send(16_400 * MS);
    run.send(16_700 * MS);
    run.run(17 * S);
    expect(run.count(pieceMismatch)).toBe(1);
    const dropped = run.entries(pieceMismatch)[0]?.timeUs ?? 0;
    expect(run.runUntil(feedRetries).timeUs - dropped).toBe(5 * S);
    run.run(25 * S);
    expect(records(run, SLAVE)).toEqual(records(run, MASTER));
  });
});

it('[HA-3] [CM-12] an ASYNC_MASTER whose disk is lost takes what its sender had not read: up to 100 ms', () => {
  const run = pair().run(15 * S);
  linkBetween(run.sim.state.env, run.node(MASTER), run.node(SLAVE)).latencyUs = 100 * MS;
  run.stream(16 * S, 18 * S, MS);
  run.run(17 * S);
  const begun = run.runUntil(pieceSent).timeUs;
  run.run(begun + 99 * MS);
  run.kill(MASTER, 'disk').run(20 * S);
  const { ledger, arena } = run.sim.state;
  const messages = Array.from({ length: arena.messages.length }, (_, message) => message);
  // What had left the master's network card was on the wire for another moment, and has arrived.
  const lost = messages.filter((message) => isLost(ledger, message)).length;
  expect(lost).toBeGreaterThanOrEqual(97);
  expect(lost).toBeLessThanOrEqual(101);
  const [unsent] = run.entries(unsentLost);
  expect(unsent?.a).toBe(lost);
  const { takings } = run.sim.state.ledger;
  expect(takings.at(-1)?.rules).toEqual(['EN-4', 'BR-20', 'HA-3']);
  expect(run.entries(pieceAppended).at(-1)?.timeUs).toBeGreaterThan(begun + 100 * MS);
  const { log } = run.broker(SLAVE).store;
  expect(recordPhys(run.sim.state.arena, recordAt(log, log.records.length - 1))).toBeGreaterThan(0);
});
