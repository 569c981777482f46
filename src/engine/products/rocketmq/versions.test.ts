import { describe, expect, it } from 'vitest';
import { killProcess, startProcess } from '../../model/process';
import { brokerDefaults, consumerDefaults, namesrvDefaults, producerDefaults } from '../../scenario/config';
import { parseScenario } from '../../scenario/parse';
import type { ProductVersion } from '../../scenario/rocketmq-key-spec';
import { file } from '../../scenario/scenario.fixture';
import { Cluster, pair, SLAVE } from './broker/broker.fixture';
import { metadataSynced } from './broker/ha-kinds';
import { flushedDispatched, recordDispatched } from './broker/log-kinds';
import { BROKER, type Consuming, consuming, stored } from './consumer/consuming.fixture';
import { group } from './dledger/dledger.fixture';
import { fakeCluster, SECOND } from './fake-cluster.fixture';
import { penaltyUs } from './producer/latency-faults';
import { senders } from './producer/senders.fixture';
import { Code, queryConsumerOffset } from './protocol';
import { ensureChannel } from './remoting';
import { transacting } from './transaction/transacting.fixture';

/** What differs between 4.9.8 and 5.3.3, one check for each row of VC-1; what both have is said of both. */
interface Row {
  readonly what: string;
  readonly look: (version: ProductVersion) => unknown;
  readonly five: unknown;
  readonly four: unknown;
}

const S = SECOND;
const machine = { cores: 8 };
const ORDERS = [{ topic: 'Orders' }];
const FAKES = [
  { name: 'a0', brokerName: 'broker-a', topics: ORDERS },
  { name: 'b0', brokerName: 'broker-b', topics: ORDERS },
];
const WITH_SLAVE = [
  { id: BROKER, brokerName: 'broker-a' },
  { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
];
const JOINED = { id: 'c1', group: 'g', topic: 'Orders' };

/** Whether a scenario with this broker configuration, or these changes, is a valid one of the version. */
const accepts = (productVersion: ProductVersion, config: object, changes: object = {}) =>
  parseScenario(
    file({ productVersion, brokers: [{ id: 'broker-a:0', brokerName: 'broker-a', config }], ...changes }),
  ).ok;

/** How a SYNC_MASTER answers when its slave was killed half a second ago. */
function withoutSlave(version: ProductVersion): unknown {
  const run = pair({ brokerRole: 'SYNC_MASTER' }, { version }).run(15 * S);
  run.kill(SLAVE, 'process');
  run.send(15.5 * S);
  return run.run(17 * S).replies[0]?.status;
}

/** Whether a SYNC_MASTER with default settings waits for the slave's ack, one round trip away. */
function waitsForSlave(version: ProductVersion): boolean {
  const run = pair({ brokerRole: 'SYNC_MASTER' }, { version, env: { latencyUs: 20_000 } }).run(15 * S);
  run.send(16 * S);
  run.send(17 * S);
  // There and back to the broker are 40 ms; as long again to the slave.
  return (run.run(18 * S).replies[1]?.tookUs ?? 0) > 75_000;
}

const syncedAtS = (version: ProductVersion) =>
  pair({}, { version })
    .run(65 * S)
    .entries(metadataSynced)
    .map(({ timeUs }) => Math.floor(timeUs / S));

function removalsLost(version: ProductVersion): number {
  const { sim, run, node, seen } = fakeCluster({
    ...{ version, brokers: FAKES, nameserverConfig: { unRegisterBrokerQueueCapacity: 1 } },
  });
  run(20 * S);
  for (const name of ['a0', 'b0']) killProcess(sim as never, node(name), 'process');
  run(21 * S);
  return seen('unregister.queue-full').length;
}

/** Failed route queries in one poll when the chosen name server and the next one of three are dead. */
function failedQueries(version: ProductVersion): number {
  const { sim, run, node } = fakeCluster({
    ...{ version, brokers: FAKES, nameservers: ['ns-1', 'ns-2', 'ns-3'] },
    consumers: [{ id: 'c', topic: 'Orders' }],
  });
  const { client } = sim.state.product.consumers.get(node('c'))!;
  run(25 * S);
  const at = client.nameservers.indexOf(client.chosen!);
  for (const next of [0, 1]) killProcess(sim as never, client.nameservers[(at + next) % 3]!, 'process');
  run(31 * S);
  return client.failedQueries;
}

function hitsAfterBusy(version: ProductVersion): number {
  let first = true;
  const made = senders({
    version,
    onSend: () => {
      const status = first ? { status: Code.SYSTEM_BUSY, remark: '' } : {};
      first = false;
      return status;
    },
  });
  made.send();
  made.run(6 * S);
  return made.hits().length;
}

function beatsOnChannel(version: ProductVersion): boolean {
  const made = fakeCluster({ version, brokers: FAKES, consumers: [{ id: 'c', topic: 'Orders' }] });
  made.run(10 * S);
  killProcess(made.sim as never, made.node('b0'), 'process');
  made.run(12 * S);
  startProcess(made.sim as never, made.node('b0'));
  made.run(13 * S);
  ensureChannel(made.sim, made.node('c'), made.node('b0'));
  made.run(14 * S);
  return made.seen('client.heartbeat-on-channel').length > 0;
}

/** A consumer that joins at 30 s. */
const joining = (version: ProductVersion) =>
  consuming({ version, consumers: [], actions: [{ at: '30s', do: 'add', consumer: JOINED }] }).until(40_000);

function firstPullMs(version: ProductVersion): number {
  const cluster = joining(version);
  const of = (type: string, fromMs: number) =>
    cluster.entries(type, fromMs).find(({ a }) => a === cluster.queue(3))?.atMs ?? Number.NaN;
  const owned = of('queue.owned', 0);
  return of('pull.held', owned) - owned;
}

/** The pause between OFFSET_ILLEGAL and the release of the queue, s. */
function illegalS(version: ProductVersion): number {
  const cluster = consuming({
    ...{ version, queues: 1, consumers: [{ processingMs: 1 }] },
    producer: { ratePerSecond: 10, messages: 298 },
    actions: [
      { at: '30s', do: 'kill', target: BROKER, failure: 'power' },
      { at: '31s', do: 'restart', target: BROKER },
    ],
  }).until(80_000);
  const [restarted] = cluster.entries('queue.restarted', 30_000);
  const [released] = cluster.entries('queue.released', restarted?.atMs);
  return Math.round(((released?.atMs ?? Number.NaN) - (restarted?.atMs ?? Number.NaN)) / 1_000);
}

/** What a new group is told of a young queue whose first message is no longer in the page cache. */
function coldStart(version: ProductVersion): unknown {
  const cold: Consuming = stored(10, { version });
  cold.broker().store.disk.coldBelowPhys = Number.MAX_SAFE_INTEGER;
  const body = { group: 'new', topic: 'Orders', queueId: 0, setZeroIfNotFound: true };
  return cold.ask(queryConsumerOffset, body)?.status;
}

/** Records that consumers may see 40 ms behind a send, when an fsync takes 50. */
function visibleBeforeFsync(version: ProductVersion): number {
  const cluster = new Cluster({
    ...{ version, env: { fsyncUs: 50_000 } },
    brokers: { 'broker-a:0': { flushDiskType: 'SYNC_FLUSH' } },
  }).start();
  cluster.run(5 * S);
  cluster.send(6 * S);
  cluster.run(6.04 * S);
  return cluster.count(recordDispatched) + cluster.count(flushedDispatched);
}

/** Codes by which a leader without its followers answers. */
function withoutQuorum(version: ProductVersion): number[] {
  const run = group({ version, producer: { ratePerSecond: 5, config: { sendMsgTimeout: 10_000 } } });
  run.until(20_000);
  for (const target of run.followers) run.act({ do: 'kill', target, failure: 'power' });
  run.until(23_500);
  return [...new Set(run.entries(['send.code-retried', 'send.code-final'], 20_000).map(({ b }) => b))];
}

function deadLetterPerm(version: ProductVersion): unknown {
  const cluster = consuming({
    ...{ version, queues: 1, producer: { ratePerSecond: 1, messages: 1 } },
    consumers: [{ failureRate: [1, 1], config: { maxReconsumeTimes: 0 } }],
  }).until(10_000);
  return cluster.broker().store.memory.topics.get('%DLQ%g')?.perm;
}

const rows: readonly Row[] = [
  { what: 'SYNC_MASTER waits for a slave by default', look: waitsForSlave, five: false, four: true },
  {
    what: 'SLAVE_NOT_AVAILABLE from the store',
    look: withoutSlave,
    five: Code.SUCCESS,
    four: Code.SLAVE_NOT_AVAILABLE,
  },
  {
    what: 'the key of the gap',
    look: (version) => [
      accepts(version, { haMaxGapNotInSync: 1_000 }),
      accepts(version, { haSlaveFallbehindMax: 1_000 }),
    ],
    five: [true, false],
    four: [false, true],
  },
  {
    what: 'pulls on a SLAVE',
    look: (version) =>
      consuming({ version, queues: 1, brokers: WITH_SLAVE }).until(30_000).pull({}, { to: 'broker-a:1' })
        ?.status,
    five: Code.SYSTEM_BUSY,
    four: Code.PULL_NOT_FOUND,
  },
  {
    what: 'the scan of brokers, ms',
    look: (version) => namesrvDefaults(version).scanNotActiveBrokerInterval,
    five: 5_000,
    four: 10_000,
  },
  { what: 'removals go through a queue', look: removalsLost, five: 1, four: 0 },
  { what: 'name servers that one call tries', look: failedQueries, five: 1, four: 0 },
  {
    what: 'registerBrokerTimeoutMills',
    look: (version) => brokerDefaults(version, machine).registerBrokerTimeoutMills,
    five: 24_000,
    four: 6_000,
  },
  {
    what: 'when a slave fetches metadata, s',
    look: syncedAtS,
    five: [61],
    four: [10, 20, 30, 40, 50, 60],
  },
  {
    what: 'transactionCheckInterval',
    look: (version) => brokerDefaults(version, machine).transactionCheckInterval,
    five: 30_000,
    four: 60_000,
  },
  {
    what: 'transactionTimeOut and transactionCheckMax',
    look: (version) => {
      const { transactionTimeOut, transactionCheckMax } = brokerDefaults(version, machine);
      return [transactionTimeOut, transactionCheckMax];
    },
    five: [6_000, 15],
    four: [6_000, 15],
  },
  {
    what: 'op messages of five ends in half a second',
    look: (version) =>
      transacting({ version, sendsAtS: [10, 10.1, 10.2, 10.3, 10.4] })
        .untilS(25)
        .count('op.written'),
    five: 1,
    four: 5,
  },
  {
    what: 'how long a failed broker is avoided, s',
    look: (version) => penaltyUs(version, 1, true) / S,
    five: 10,
    four: 600,
  },
  { what: 'attempts behind SYSTEM_BUSY', look: hitsAfterBusy, five: 2, four: 1 },
  {
    what: 'sendMsgMaxTimeoutPerRequest',
    look: (version) => {
      const config = { sendMsgMaxTimeoutPerRequest: 1_000 };
      const producers = [{ id: 'p', group: 'pg', topic: 'Orders', config }];
      return [producerDefaults(version).sendMsgMaxTimeoutPerRequest, accepts(version, {}, { producers })];
    },
    five: [-1, true],
    four: [-1, false],
  },
  {
    what: 'the second in which a consumer that joins at 30 s rebalances',
    look: (version) => Math.floor((joining(version).entries('rebalance.ran')[0]?.atMs ?? 0) / 1_000),
    five: 31,
    four: 30,
  },
  {
    what: 'half seconds before the first pull of a new queue',
    look: (version) => Math.floor(firstPullMs(version) / 500),
    five: 1,
    four: 0,
  },
  { what: 'the pause behind OFFSET_ILLEGAL, s', look: illegalS, five: 0, four: 10 },
  {
    what: 'offset 0 for a young topic that is cold',
    look: coldStart,
    five: Code.QUERY_NOT_FOUND,
    four: Code.SUCCESS,
  },
  {
    what: 'consumeThreadMax',
    look: (version) => consumerDefaults(version).consumeThreadMax,
    five: 20,
    four: 20,
  },
  { what: 'SYNC_FLUSH: visible before the fsync', look: visibleBeforeFsync, five: 0, four: 1 },
  {
    what: 'flushCommitLogTimed, and send threads on eight cores',
    look: (version) => {
      const { flushCommitLogTimed, sendMessageThreadPoolNums } = brokerDefaults(version, machine);
      return [flushCommitLogTimed, sendMessageThreadPoolNums];
    },
    five: [true, 4],
    four: [true, 4],
  },
  {
    // Off in both; nothing of it is modelled.
    what: 'vipChannelEnabled',
    look: (version) =>
      accepts(
        version,
        {},
        {
          producers: [{ id: 'p', group: 'pg', topic: 'Orders', config: { vipChannelEnabled: true } }],
        },
      ),
    five: false,
    four: false,
  },
  { what: 'a heartbeat on a new channel', look: beatsOnChannel, five: true, four: false },
  {
    what: 'a DLedger leader without a quorum',
    look: withoutQuorum,
    five: [Code.SYSTEM_ERROR],
    four: [Code.SYSTEM_BUSY],
  },
  { what: 'permission of %DLQ%', look: deadLetterPerm, five: 6, four: 6 },
  {
    what: 'new in 5.x: pop, timers, controllers, acting masters, resets on the broker',
    look: (version) => [
      accepts(version, {}, { consumers: [{ id: 'c', group: 'g', topic: 'Orders', protocol: 'pop' }] }),
      accepts(version, {}, { producers: [{ id: 'p', group: 'pg', topic: 'Orders', timerDelayMs: 1_000 }] }),
      accepts(version, { enableControllerMode: true }, { controllers: [{ id: 'controller-1' }] }),
      accepts(version, { enableSlaveActingMaster: true }),
      brokerDefaults(version, machine).useServerSideResetOffset,
    ],
    five: [true, true, true, true, true],
    four: [false, false, false, false, false],
  },
];

describe('what differs between 5.3 and 4.9', () => {
  it.each(rows.map((row) => [row.what, row] as const))('[VC-1] %s', (_what, { look, five, four }) => {
    expect({ five: look('5.3'), four: look('4.9') }).toEqual({ five, four });
  });
});
