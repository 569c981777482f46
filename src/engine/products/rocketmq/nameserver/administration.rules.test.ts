import { describe, expect, it } from 'vitest';
import { readMetadata } from '../broker/metadata-file';
import { type Sending, type SendingRun, sending } from '../producer/sending.fixture';

/** What a tool makes of the tables of name servers. */

const start = (more: Sending) =>
  sending({ shape: 'T2', producer: { ratePerSecond: 50 }, phases: 'seeded', ...more });
const wipe = { at: '5s', do: 'wipeWritePerm', brokerName: 'broker-b' };
const RUNS_S = 120;

/** Whether a name server lists the queues of broker-b for writing. */
const isWritable = (run: SendingRun, nameserver = 'ns-1', topic = 'Orders') =>
  ((run.nameserver(nameserver).tables.topicQueueTable.get(topic)?.get('broker-b')?.perm ?? 0) & 2) !== 0;
const attemptsAt = (run: SendingRun, brokerName: string, fromS: number) =>
  run.attempts(fromS).filter(({ queue }) => queue.startsWith(brokerName)).length;

describe('the write permission of a broker', () => {
  it('[NS-23] is gone until somebody gives it back: senders leave within a poll, heartbeats change nothing', () => {
    const run = start({ actions: [wipe] }).until(RUNS_S);
    expect([isWritable(run, 'ns-1'), isWritable(run, 'ns-2')]).toEqual([false, false]);
    expect(attemptsAt(run, 'broker-b', 0)).toBeGreaterThan(50);
    expect(attemptsAt(run, 'broker-b', 35.1)).toBe(0);
    expect(run.results().failed).toBe(0);
    expect(run.seen('broker.write-returned')).toEqual([]);
    run.act({ do: 'addWritePerm', brokerName: 'broker-b', nameservers: null }).until(RUNS_S + 60);
    expect(attemptsAt(run, 'broker-b', RUNS_S + 30)).toBeGreaterThan(100);
  });

  it('[NS-23] is the matter of each name server: who asks another one goes on', () => {
    const run = start({ actions: [{ ...wipe, nameservers: ['ns-2'] }] }).until(20);
    expect([isWritable(run, 'ns-1'), isWritable(run, 'ns-2')]).toEqual([true, false]);
  });

  it('[NS-23] in 5.3 a topic made on the broker brings back itself alone', () => {
    const create = { at: '20s', do: 'createTopic', topic: { name: 'New' } };
    const run = start({ actions: [wipe, create] }).until(RUNS_S);
    expect([isWritable(run, 'ns-1', 'New'), isWritable(run, 'ns-1')]).toEqual([true, false]);
    expect(run.seen('broker.write-returned').map(({ b }) => b)).toEqual([1, 1]);
  });

  it('[NS-23] [VC-1] in 4.9 a new group brings back all: the broker registers whole with its new retry topic', () => {
    const group = { id: 'late', group: 'late', topic: 'Orders' };
    const withGroup = (version: '5.3' | '4.9') =>
      start({ version, actions: [wipe, { at: '20s', do: 'add', consumer: group }] }).until(RUNS_S);
    expect([isWritable(withGroup('5.3')), isWritable(withGroup('4.9'))]).toEqual([false, true]);
  });

  it.each([
    ['the name server starts anew', { do: 'restart', target: 'ns-1' }, { do: 'kill', target: 'ns-1' }],
    ['the broker starts anew', { do: 'restart', target: 'broker-b:0' }, { do: 'kill', target: 'broker-b:0' }],
    [
      'brokerPermission is set',
      { do: 'set', target: 'broker-b:0', config: { brokerPermission: 6 } },
      { do: 'set', target: 'broker-b:0', config: { brokerPermission: 4 } },
    ],
  ])('[NS-23] is back when %s', (_, last, first) => {
    const actions = [wipe, { at: '30s', ...first }, { at: '40s', ...last }];
    const run = start({ actions }).until(RUNS_S);
    expect(isWritable(run, 'ns-1')).toBe(true);
  });

  it('[NS-23] cannot be taken where nobody lists the broker', () => {
    const run = start({}).until(1);
    const act = (brokerName: string, nameservers: readonly string[] | null) =>
      run.run.act({ atUs: null, afterStep: null, do: 'wipeWritePerm', brokerName, nameservers }).ok;
    expect([act('broker-c', null), act('broker-b', ['ns-9']), act('broker-b', null)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('an order topic', () => {
  const topics = [{ name: 'Orders', queues: 4, order: true }];
  const keyed = { producer: { ratePerSecond: 50, queueSelector: 'hashKey' } };
  const enable = ['ns-1', 'ns-2'].map((target) => ({
    ...{ at: '1s', do: 'set', target, config: { orderMessageEnable: true } },
  }));
  const kill = { at: '60s', do: 'kill', target: 'broker-b:0' };
  const queuesOf = (run: SendingRun) => run.producer().client.publish.get('Orders')?.queues.length;

  it('[NS-24] keeps its list when a broker dies, and the keys of that broker fail', () => {
    const run = start({ topics, ...keyed, actions: [...enable, kill] }).until(150);
    expect(queuesOf(run)).toBe(8);
    const { ok, failed } = run.results(100, 150);
    expect(failed / (ok + failed)).toBeCloseTo(0.5, 1);
    expect(run.seen('route.order-conf').length).toBeGreaterThan(0);
  });

  it('[NS-24] is one like any other where orderMessageEnable is off', () => {
    const run = start({ topics, ...keyed, actions: [kill] }).until(150);
    expect(queuesOf(run)).toBe(4);
    expect(run.results(100, 150).failed).toBe(0);
  });

  it('[NS-24] does not grow by more queues alone: the tool has to write its configuration again', () => {
    const grow = { at: '20s', do: 'alterTopic', topic: 'Orders', queues: 8 };
    const grown = (more: object) =>
      queuesOf(start({ topics, actions: [...enable, { ...grow, ...more }] }).until(60));
    expect([grown({}), grown({ order: true })]).toEqual([8, 16]);
    expect(grown({ order: false })).toBe(16);
  });

  it('[NS-24] is known after a crash of the name server, and after a power loss if the disk has the file', () => {
    const make = { at: '10s', do: 'createTopic', topic: { name: 'Payments', queues: 2, order: true } };
    const confAfter = (atS: number, failure: string) => {
      const actions = [make, { at: `${atS}s`, do: 'kill', target: 'ns-1', failure }];
      const run = start({ actions }).until(30);
      const { orderFile } = run.nameserver('ns-1');
      return readMetadata(orderFile).byTopic.Payments;
    };
    const conf = 'broker-a:2;broker-b:2';
    expect([confAfter(12, 'process'), confAfter(12, 'power'), confAfter(16, 'power')]).toEqual([
      conf,
      undefined,
      conf,
    ]);
    expect(confAfter(16, 'disk')).toBeUndefined();
  });

  it('[BR-32] is the only one that a broker closed for writing refuses by itself', () => {
    const shut = { at: '10s', do: 'set', target: 'broker-a:0', config: { brokerPermission: 4 } };
    const failedBy = (order: boolean) => {
      const run = sending({ topics: [{ name: 'Orders', queues: 4, order }], ...keyed, actions: [shut] });
      return run.until(11).results(10.1, 11).failed;
    };
    expect([failedBy(true), failedBy(false)]).toEqual([45, 0]);
  });
});
