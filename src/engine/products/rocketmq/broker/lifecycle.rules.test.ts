import { describe, expect, it } from 'vitest';
import { processOf } from '../../../model/env';
import { freezeProcess, shutdownProcess } from '../../../model/process';
import { Code } from '../protocol';
import { Cluster, MASTER, pair, SLAVE } from './broker.fixture';
import { flushBegun, flushDone } from './flush-kinds';
import { pieceSent } from './ha-kinds';
import { storeWaits } from './recovery-kinds';
import { setBrokerConfig } from './set-config';
import { consumeQueueOf, maxOffsetOf } from './store-state';

const MS = 1_000;
const S = 1_000_000;

describe('a broker that stood still', () => {
  it('[EN-5] [BR-12] flushes late, and then goes on with its beat from there', () => {
    const run = new Cluster().start();
    run.send(100 * MS);
    run.run(200 * MS);
    run.sim.intervene(() => freezeProcess(run.sim as never, run.node(MASTER), 5 * S));
    run.stream(300 * MS, 20 * S, 20 * MS);
    run.run(20 * S);
    const begun = run.entries(flushBegun).map((entry) => entry.timeUs);
    const done = run.entries(flushDone).map((entry) => entry.timeUs);
    expect(begun[0]).toBe(5_200 * MS);
    expect(begun.length).toBeGreaterThan(10);
    for (const [index, time] of begun.slice(1).entries()) {
      expect((time - (done[index] ?? 0)) % (500 * MS)).toBe(0);
    }
  });

  it('[EN-5] [HA-3] sends to its slave again, and its slave goes on receiving', () => {
    for (const frozen of [MASTER, SLAVE]) {
      const run = pair().run(15 * S);
      run.stream(16 * S, 30 * S, 50 * MS);
      run.run(17 * S);
      run.sim.intervene(() => freezeProcess(run.sim as never, run.node(frozen), 3 * S));
      run.run(32 * S);
      expect(run.broker(SLAVE).store.log.records.length).toBe(280);
      expect(run.count(pieceSent)).toBeGreaterThan(100);
    }
  });

  it('[EN-5] [HA-2] a slave that was to reconnect meanwhile does so late', () => {
    const run = pair().run(15 * S);
    run.kill(MASTER, 'process').run(16 * S);
    run.sim.intervene(() => freezeProcess(run.sim as never, run.node(SLAVE), 8 * S));
    run.revive(MASTER);
    run.send(20 * S);
    run.run(40 * S);
    expect(run.broker(SLAVE).store.log.records.length).toBe(1);
  });
});

describe('a broker that shuts down', () => {
  it('[NS-9] stores what reaches it until it has unregistered', () => {
    const run = new Cluster({ nameservers: 2 }).start().run(5 * S);
    run.kill('ns-1', 'power');
    run.sim.intervene(() => shutdownProcess(run.sim as never, run.node(MASTER)));
    run.send(6 * S);
    run.run(7 * S);
    expect(processOf(run.sim.state.env, run.node(MASTER)).state).toBe('stopping');
    expect(run.replies.map((reply) => reply.status)).toEqual([0]);
    run.run(13 * S);
    expect(processOf(run.sim.state.env, run.node(MASTER)).state).toBe('down');
    expect(run.broker().store.log.flushed).toBe(1);
  });

  it('[BR-20] leaves its slave time to fetch the rest, and refuses clients meanwhile', () => {
    for (const [version, pauseUs] of [
      ['5.3', 3 * S],
      ['4.9', S],
    ] as const) {
      const run = pair({}, { version }).run(15 * S);
      run.send(16_010 * MS);
      run.run(16_012 * MS);
      run.sim.intervene(() => shutdownProcess(run.sim as never, run.node(MASTER)));
      run.send(16_500 * MS);
      run.run(16 * S + pauseUs);
      expect(run.entries(storeWaits).map(({ a, b }) => [a, b])).toEqual([[pauseUs, 1]]);
      expect(processOf(run.sim.state.env, run.node(MASTER)).state).toBe('stopping');
      expect(run.replies.map((reply) => reply.status)).toEqual([0, 'connect']);
      expect(run.broker(SLAVE).store.log.records.length).toBe(1);
      run.run(17 * S + pauseUs);
      expect(processOf(run.sim.state.env, run.node(MASTER)).state).toBe('down');
      run.restart(MASTER);
      run.send(25 * S);
      run.run(26 * S);
      expect(run.replies.at(-1)?.status).toBe(0);
    }
  });

  it('[BR-22] with a full disk keeps its abort file', () => {
    for (const diskFull of [false, true]) {
      const run = new Cluster().start().run(S);
      run.broker().store.memory.diskFull = diskFull;
      run.sim.intervene(() => shutdownProcess(run.sim as never, run.node(MASTER)));
      run.run(5 * S);
      expect(processOf(run.sim.state.env, run.node(MASTER)).state).toBe('down');
      expect(run.broker().store.disk.abort).toBe(diskFull);
    }
  });

  it('[BR-30] a closed store takes no puts', () => {
    const run = new Cluster().start().run(S);
    run.broker().store.memory.closed = true;
    run.send(2 * S);
    run.run(3 * S);
    expect(run.replies[0]?.status).toBe(Code.SERVICE_NOT_AVAILABLE);
  });
});

describe('settings of a running broker', () => {
  it('[HA-1] [BR-9] a promoted slave gives the offsets behind those that it received', () => {
    const run = pair().run(15 * S);
    run.stream(16 * S, 17 * S, 10 * MS, { queueId: 0 });
    run.run(17 * S + 200 * MS);
    run.kill(MASTER, 'power');
    const { log, memory } = run.broker(SLAVE).store;
    memory.dispatchedRows = Math.min(memory.dispatchedRows, log.records.length);
    run.sim.intervene(() => setBrokerConfig(run.sim, run.node(SLAVE), { brokerRole: 'ASYNC_MASTER' }));
    run.send(18 * S, { queueId: 0, to: SLAVE });
    run.run(19 * S);
    expect(run.replies.at(-1)?.result?.offset).toBe(100);
    expect(maxOffsetOf(consumeQueueOf(run.sim, run.broker(SLAVE), 'Orders', 0))).toBe(101);
  });

  it('[BR-1] the file size can not change while there are files', () => {
    const run = new Cluster().start().run(S);
    const set = () => setBrokerConfig(run.sim, run.node(MASTER), { mappedFileSizeCommitLog: 2_097_152 });
    expect(set().ok).toBe(true);
    run.send(2 * S);
    run.run(3 * S);
    expect(setBrokerConfig(run.sim, run.node(MASTER), { mappedFileSizeCommitLog: 1_048_576 }).ok).toBe(false);
    expect(run.broker().config.mappedFileSizeCommitLog).toBe(2_097_152);
  });

  it('[BR-16] switching the pool off commits what it holds', () => {
    const run = new Cluster({ brokers: { [MASTER]: { transientStorePoolEnable: true } } }).start();
    run.send(S);
    run.send(1_010 * MS);
    run.run(1_050 * MS);
    const { log } = run.broker().store;
    expect(log.cached).toBe(1);
    run.sim.intervene(() => setBrokerConfig(run.sim, run.node(MASTER), { transientStorePoolEnable: false }));
    expect(log.cached).toBe(2);
  });

  it('[NS-5] a new registration period counts from the next tick on', () => {
    const run = new Cluster().start().run(15 * S);
    run.sim.intervene(() => setBrokerConfig(run.sim, run.node(MASTER), { registerNameServerPeriod: 10_000 }));
    run.run(75 * S);
    const { round } = run.broker().store.memory.registration;
    // At 0, 10, 40 s, and then every 10 s.
    expect(round).toBe(6);
  });

  it('[HA-1] what is set on a broker that is down counts when it starts', () => {
    const run = new Cluster().start().run(S);
    run.kill(MASTER, 'process');
    setBrokerConfig(run.sim, run.node(MASTER), { flushDiskType: 'SYNC_FLUSH' });
    run.restart(MASTER);
    run.send(2 * S);
    run.send(3 * S);
    run.run(4 * S);
    expect(run.broker().store.log.flushed).toBe(run.broker().store.log.records.length);
  });
});

it('[EN-1] an idle pair costs less than five events a second', () => {
  const run = pair().run(60 * S);
  const before = run.sim.steps;
  run.run(120 * S);
  expect((run.sim.steps - before) / 60).toBeLessThan(5);
});
