import { describe, expect, it } from 'vitest';
import { queueName, queueOf, recordMessage, recordPropsOf, recordQueue } from '../../../model/world';
import { Run } from '../../../run';
import { accepted } from '../../../scenario/scenario.fixture';
import { BROKER, Consuming, consuming, type Entry, type Setup } from '../consumer/consuming.fixture';
import { Code, consumerSendMsgBack, type SendBack } from '../protocol';

const POISON = { poisonKeys: ['bad'], processingMs: 1 };
const OTHER = 'broker-b:0';

/** A message with the key `bad`, sent a second after the start. */
function poisoned(setup: Setup = {}, consumer: Readonly<Record<string, unknown>> = {}): Consuming {
  return consuming({
    queues: 1,
    consumers: [{ ...POISON, ...consumer }],
    ...setup,
    actions: [{ at: '1s', do: 'send', target: 'p', message: { key: 'bad' } }, ...(setup.actions ?? [])],
  });
}

const TWO = [
  { id: BROKER, brokerName: 'broker-a' },
  { id: OTHER, brokerName: 'broker-b' },
];

const queueNamed = (run: Consuming, { a }: Entry) =>
  queueName(queueOf(run.sim.state.arena, recordQueue(run.sim.state.arena, a)));
const storedIn = (run: Consuming, name: string) =>
  run.entries('message.stored').filter((entry) => queueNamed(run, entry).startsWith(name));
const levelsAsked = (run: Consuming) =>
  storedIn(run, 'SCHEDULE_TOPIC_XXXX').map(({ a }) => recordPropsOf(run.sim.state.arena, a)?.delayLevel);
const delivered = (run: Consuming) => run.entries('record.delivered');
const deadLetters = (run: Consuming) => storedIn(run, '%DLQ%g');

/** What a broker answers when the newest delivered record is given back. */
function giveBack(run: Consuming, changes: Partial<SendBack>, to = BROKER) {
  const record = delivered(run).at(-1)?.a ?? -1;
  const back: SendBack = { group: 'g', record, delayLevel: 0, maxReconsumeTimes: 16 };
  return run.ask(consumerSendMsgBack, { ...back, ...changes }, { to, from: 'c1' });
}

describe('what is given back', () => {
  it('[CO-19] goes to the master where it came from, while another one is there', () => {
    const run = consuming({
      brokers: TWO,
      queues: 1,
      consumers: [{ processingMs: 1, failureRate: [1, 1] }],
      producer: { ratePerSecond: 4, messages: 8 },
    }).until(4_000);
    const asked = run.entries('send-back.asked');
    expect(asked).toHaveLength(8);
    for (const entry of asked) {
      const home = queueNamed(run, entry).includes('@broker-a') ? BROKER : OTHER;
      expect(entry.b).toBe(run.node(home));
    }
    expect(new Set(asked.map(({ b }) => b)).size).toBe(2);
  });

  it('[CO-19] keeps its thread until the answer has come', () => {
    const run = poisoned(
      {
        actions: [
          { at: '1100ms', do: 'send', target: 'p' },
          { at: '990ms', do: 'slow', part: 'network', between: ['c1', BROKER], latencyMs: 200 },
        ],
      },
      { config: { consumeThreadMin: 1, consumeThreadMax: 1 } },
    ).until(5_000);
    const [asked] = run.entries('send-back.asked');
    const [first, second] = delivered(run);
    expect((second?.atMs ?? 0) - (asked?.atMs ?? 0)).toBeGreaterThanOrEqual(400);
    expect(recordMessage(run.sim.state.arena, second?.a ?? 0)).not.toBe(
      recordMessage(run.sim.state.arena, first?.a ?? 0),
    );
  });

  it('[CO-19] names its own level, or −1 for the dead letters at once', () => {
    const run = consuming({ queues: 1, actions: [{ at: '1s', do: 'send', target: 'p' }] }).until(2_000);
    expect(giveBack(run, { delayLevel: 5 })?.status).toBe(Code.SUCCESS);
    expect(levelsAsked(run)).toEqual([5]);
    expect(giveBack(run, { delayLevel: -1 })?.status).toBe(Code.SUCCESS);
    expect(deadLetters(run)).toHaveLength(1);
  });

  it('[CO-20] is stored for level 3 + retries, for the retry topic of its group, without waiting', () => {
    const run = poisoned({ brokerConfig: { flushDiskType: 'SYNC_FLUSH' } }).until(120_000);
    expect(levelsAsked(run)).toEqual([3, 4, 5, 6]);
    const counts = storedIn(run, '%RETRY%g').map(
      ({ a }) => recordPropsOf(run.sim.state.arena, a)?.reconsumeTimes,
    );
    expect(counts).toEqual([1, 2, 3]);
    // The answer comes while the copy still waits for its flush: WAIT=false.
    const [asked] = run.entries('send-back.asked');
    const [kept] = storedIn(run, 'SCHEDULE_TOPIC_XXXX');
    expect((kept?.atMs ?? 0) - (asked?.atMs ?? 0)).toBeLessThan(2);
  });

  it('[CO-20] is refused by a slave, and by a master that does not have the message', () => {
    const run = consuming({
      queues: 1,
      brokers: [
        { id: BROKER, brokerName: 'broker-a' },
        { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
        { id: OTHER, brokerName: 'broker-b' },
      ],
      producer: { ratePerSecond: 2, messages: 2 },
    }).until(3_000);
    const record = delivered(run).find((one) => queueNamed(run, one).includes('@broker-a'))?.a ?? -1;
    expect(giveBack(run, { record }, 'broker-a:1')?.status).toBe(Code.SYSTEM_BUSY);
    expect(giveBack(run, { record }, OTHER)?.status).toBe(Code.SYSTEM_ERROR);
    expect(giveBack(run, { record }, BROKER)?.status).toBe(Code.SUCCESS);
    expect(run.count('send-back.refused')).toBe(2);
    expect(run.entries('retry.scheduled').map(({ node }) => node)).toEqual([BROKER]);
  });

  it('[BR-28] [BR-26] takes its turn among the sends, and is turned away as they are', () => {
    const run = consuming({
      queues: 1,
      brokerConfig: { sendMessageThreadPoolNums: 1 },
      actions: [{ at: '1s', do: 'send', target: 'p' }],
    }).until(2_000);
    const { sends, lock } = run.broker().store.memory;
    const record = delivered(run)[0]?.a ?? -1;
    const back: SendBack = { group: 'g', record, delayLevel: 0, maxReconsumeTimes: 16 };
    const ask = () => run.ask(consumerSendMsgBack, back, { limitMs: 300 });
    sends.busy = 1;
    expect(ask()?.remark).toMatch(/^\[TIMEOUT_CLEAN_QUEUE\].* period in queue: 20\dms, size of queue: 0$/);
    sends.busy = 0;
    lock.holder = {} as never;
    lock.heldSinceUs = run.sim.nowUs - 1_500_000;
    expect(ask()).toMatchObject({
      status: Code.SYSTEM_BUSY,
      remark: expect.stringContaining('[REJECTREQUEST]'),
    });
    lock.holder = undefined;
    expect(run.entries('send-back.refused').map(({ a, b }) => [a, b])).toEqual([
      [record, Code.SYSTEM_BUSY],
      [record, Code.SYSTEM_BUSY],
    ]);
    expect(ask()?.status).toBe(Code.SUCCESS);
    expect(sends.busy).toBe(0);
  });

  it('[CO-20] of a group that may not be made is refused', () => {
    const run = consuming({
      queues: 1,
      actions: [{ at: '1s', do: 'send', target: 'p' }],
    }).until(2_000);
    run.broker().config = { ...run.broker().config, autoCreateSubscriptionGroup: false };
    expect(giveBack(run, { group: 'nobody' })?.status).toBe(Code.SUBSCRIPTION_GROUP_NOT_EXIST);
  });

  it('[CO-20] goes to any of retryQueueNums queues; with none it is dropped', () => {
    const queues = (retryQueueNums: number) => {
      const setup = { consumers: [{ processingMs: 1, failureRate: [1, 1] }] };
      const run = grouped({ retryQueueNums }, { ...setup, producer: { ratePerSecond: 20, messages: 20 } });
      run.until(14_000);
      return { run, used: new Set(storedIn(run, '%RETRY%g').map((entry) => queueNamed(run, entry))).size };
    };
    expect(queues(1).used).toBe(1);
    expect(queues(4).used).toBe(4);
    const none = queues(0);
    expect(none.used).toBe(0);
    expect(none.run.count('retry.dropped')).toBe(20);
  });

  it('[CO-20] with no queue for retries there are no dead letters either', () => {
    const run = grouped(
      { retryQueueNums: 0 },
      {
        consumers: [{ ...POISON, config: { maxReconsumeTimes: 0 } }],
        actions: [{ at: '1s', do: 'send', target: 'p', message: { key: 'bad' } }],
      },
    ).until(10_000);
    expect(run.count('retry.dropped')).toBe(1);
    expect(deadLetters(run)).toHaveLength(0);
  });

  it('[CO-20] [CO-21] what the consumer says it may have counts, not what its group may', () => {
    const run = grouped(
      { retryMaxTimes: 1 },
      {
        consumers: [{ ...POISON, config: { maxReconsumeTimes: 2 } }],
        actions: [{ at: '1s', do: 'send', target: 'p', message: { key: 'bad' } }],
      },
    ).until(60_000);
    expect(delivered(run)).toHaveLength(3);
    expect(deadLetters(run)).toHaveLength(1);
    expect(run.entries('retries.client-decides').map(({ a, b }) => [a, b])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });
});

/** As `consuming`, with what the brokers keep of the group `g`. */
function grouped(config: Readonly<Record<string, unknown>>, setup: Setup): Consuming {
  const { scenario } = accepted({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    phases: 'aligned',
    environment: { network: { latencyMs: 0.5, jitterMs: 0.01 } },
    nameservers: [{ id: 'ns-1' }],
    brokers: [{ id: BROKER, brokerName: 'broker-a' }],
    topics: [{ name: 'Orders', queues: 1 }],
    subscriptionGroups: [{ name: 'g', config }],
    producers: [{ id: 'p', group: 'pg', topic: 'Orders', ...setup.producer }],
    consumers: (setup.consumers ?? []).map((one) => ({ id: 'c1', group: 'g', topic: 'Orders', ...one })),
    actions: setup.actions ?? [],
  });
  return new Consuming(new Run(scenario));
}

describe('the dead letters', () => {
  it('[CO-21] come after maxReconsumeTimes retries: 0 means with the first failure', () => {
    const run = poisoned({}, { config: { maxReconsumeTimes: 0 } }).until(30_000);
    expect(delivered(run)).toHaveLength(1);
    expect(deadLetters(run)).toHaveLength(1);
    expect(run.entries('message.dead-lettered').map(({ b }) => b)).toEqual([0]);
  });

  it('[CO-23] stand in one queue of a topic that can be read and written, and nobody reads', () => {
    const run = poisoned({}, { config: { maxReconsumeTimes: 0 } }).until(2_000);
    run.act({ do: 'send', target: 'p', message: letter('bad') }).until(30_000);
    expect(run.count('dead-letter-topic.made')).toBe(1);
    const entry = run.broker().store.memory.topics.get('%DLQ%g');
    expect(entry).toMatchObject({ readQueueNums: 1, writeQueueNums: 1, perm: 6 });
    expect(deadLetters(run).map((one) => queueNamed(run, one))).toEqual([
      '%DLQ%g@broker-a#0',
      '%DLQ%g@broker-a#0',
    ]);
    expect(delivered(run)).toHaveLength(2);
  });

  it('[CO-23] are of each group its own', () => {
    const run = consuming({
      queues: 1,
      consumers: [
        { ...POISON, config: { maxReconsumeTimes: 0 } },
        { ...POISON, group: 'h', config: { maxReconsumeTimes: 0 } },
      ],
      actions: [{ at: '1s', do: 'send', target: 'p', message: { key: 'bad' } }],
    }).until(5_000);
    expect(
      storedIn(run, '%DLQ%')
        .map((one) => queueNamed(run, one))
        .sort(),
    ).toEqual(['%DLQ%g@broker-a#0', '%DLQ%h@broker-a#0']);
  });

  it('[CO-23] sent again by an operator are the same messages, delivered once more', () => {
    const run = poisoned({}, { config: { maxReconsumeTimes: 0 } }).until(5_000);
    expect(() => run.act(RESEND)).not.toThrow();
    run.act({ do: 'set', target: 'c1', config: {}, workload: { poisonKeys: [] } }).until(8_000);
    const arena = run.sim.state.arena;
    const [first, again] = delivered(run);
    expect(delivered(run)).toHaveLength(2);
    expect(recordMessage(arena, again?.a ?? -1)).toBe(recordMessage(arena, first?.a ?? -2));
    expect(queueNamed(run, again as Entry)).toBe('Orders@broker-a#0');
    expect(recordPropsOf(arena, again?.a ?? -1)).toBeUndefined();
    expect(run.count('record.consumed')).toBe(1);
    expect(run.count('message.delivered-twice')).toBe(0);
    // The next command goes on behind it, and finds none.
    expect(() => run.act(RESEND)).toThrow('No running master has dead letters of g');
  });

  it('[CO-23] can be sent again in parts, by topic, the oldest first; those of a dead master cannot', () => {
    const run = poisoned({}, { config: { maxReconsumeTimes: 0 } }).until(2_000);
    for (let n = 0; n < 4; n++) run.act({ do: 'send', target: 'p', message: letter('bad') });
    run.until(5_000);
    expect(deadLetters(run)).toHaveLength(5);
    expect(() => run.act({ ...RESEND, topic: 'Payments' })).toThrow('No running master');
    run.act({ ...RESEND, topic: 'Orders', messages: 2 });
    const sent = run.entries('dead-letter.resent').map(({ a }) => a);
    expect(sent).toEqual(
      deadLetters(run)
        .slice(0, 2)
        .map(({ a }) => a),
    );
    run.act({ do: 'kill', target: BROKER, failure: 'process' });
    expect(() => run.act(RESEND)).toThrow('No running master');
    run.until(6_000).act({ do: 'restart', target: BROKER });
    run.until(40_000).act(RESEND);
    // Two that were sent again have failed again: they lie behind the others.
    expect(run.count('dead-letter.resent')).toBe(7);
  });
});

const RESEND = { do: 'resendDeadLetters', group: 'g', topic: null, messages: null };
const letter = (key: string) => ({
  key,
  tag: null,
  body: null,
  delayLevel: null,
  timerDelayUs: null,
  properties: null,
  outcome: null,
});

describe('what could not be given back', () => {
  const setup: Setup = {
    brokers: TWO,
    queues: 1,
    consumers: [{ ...POISON, processingMs: 2_000 }],
  };
  /** Fails while its broker is down: sent at 1 s, the listener fails at 3 s. */
  const fallen = (more: Partial<Setup> = {}) => {
    const run = poisoned({ ...setup, ...more });
    run.until(2_000);
    const home = run.entries('record.delivered')[0] as Entry;
    const name = queueNamed(run, home).includes('@broker-a') ? BROKER : OTHER;
    return { run, home: name, away: name === BROKER ? OTHER : BROKER };
  };

  it('[CO-22] is sent to the retry topic of another master, with its level', () => {
    const { run, home, away } = fallen();
    run.act({ do: 'kill', target: home, failure: 'process' }).until(5_000);
    expect(run.count('send-back.failed')).toBe(1);
    expect(run.entries('retry.sent').at(-1)?.b).toBe(run.node(away));
    const [kept] = storedIn(run, 'SCHEDULE_TOPIC_XXXX');
    expect(queueNamed(run, kept as Entry)).toBe(
      `SCHEDULE_TOPIC_XXXX@${away === BROKER ? 'broker-a' : 'broker-b'}#2`,
    );
    run.until(16_000);
    expect(delivered(run)).toHaveLength(2);
    expect(recordPropsOf(run.sim.state.arena, delivered(run)[1]?.a ?? -1)?.reconsumeTimes).toBe(1);
  });

  it('[CO-22] is tried on three brokers at most, within 3 s; then it stays and runs again after 5 s', () => {
    const { run, home, away } = fallen();
    run.act({ do: 'kill', target: home, failure: 'process' });
    run.act({ do: 'kill', target: away, failure: 'process' }).until(7_900);
    expect(run.count('retry.sent')).toBeLessThanOrEqual(3);
    const [later] = run.entries('record.consumed-later');
    expect(later?.b).toBe(5_000_000);
    expect(delivered(run)).toHaveLength(1);
    run.until((later?.atMs ?? 0) + 5_001);
    expect(delivered(run)).toHaveLength(2);
  });

  it('[CO-22] counts its local retries towards the level and the dead letters', () => {
    const { run, home, away } = fallen({
      consumers: [{ ...POISON, processingMs: 2_000, config: { maxReconsumeTimes: 1 } }],
    });
    run.act({ do: 'kill', target: home, failure: 'process' });
    run.act({ do: 'kill', target: away, failure: 'process' });
    run.untilTrue(() => run.count('record.consumed-later') === 2, 40_000);
    run.act({ do: 'restart', target: away });
    run.untilTrue(() => run.count('message.dead-lettered') === 1, 120_000);
    expect(storedIn(run, 'SCHEDULE_TOPIC_XXXX')).toHaveLength(0);
    expect(run.entries('message.dead-lettered')[0]?.node).toBe(away);
  });

  it('[CO-22] [CO-33] was stored all the same when only the answer was lost: two copies come', () => {
    const run = poisoned(setup).until(2_000);
    const home = queueNamed(run, delivered(run)[0] as Entry).includes('@broker-a') ? BROKER : OTHER;
    run.untilTrue(() => run.count('send-back.asked') === 1, 5_000);
    run.act({ do: 'drop', from: home, to: 'c1', messages: 1 });
    run.untilTrue(() => run.count('send-back.failed') === 1, 7_000);
    run.act({ do: 'set', target: 'c1', config: {}, workload: { poisonKeys: [] } }).until(60_000);
    expect(storedIn(run, 'SCHEDULE_TOPIC_XXXX')).toHaveLength(2);
    expect(delivered(run)).toHaveLength(3);
    expect(run.count('record.consumed')).toBe(2);
    expect(run.count('message.delivered-twice')).toBe(1);
  });
});

describe('a listener that takes too long', () => {
  const minutes = (n: number) => n * 60_000;
  /** Begins at 1 s and takes 10 minutes; sweeps come at 4, 8, 12 minutes. */
  const stuck = (more: Partial<Setup> = {}) =>
    consuming({
      queues: 1,
      consumers: [{ processingMs: 600_000, config: { consumeTimeout: 4 } }],
      actions: [{ at: '1s', do: 'send', target: 'p' }],
      ...more,
    });

  it('[CO-15] is noticed by the first sweep behind its 4 minutes: its message goes back with level 3', () => {
    const run = stuck().until(minutes(7));
    expect(run.count('consume.overdue')).toBe(0);
    run.until(minutes(8) + 100);
    expect(run.count('consume.overdue')).toBe(1);
    expect(levelsAsked(run)).toEqual([3]);
    run.until(minutes(8) + 12_000);
    expect(delivered(run)).toHaveLength(2);
    // Its thread goes on to the end.
    run.until(minutes(11));
    expect(run.count('record.consumed')).toBe(1);
  });

  it('[CO-15] commits nothing by leaving the cache: the next one that ends tells', () => {
    const run = stuck().until(minutes(8) + 9_000);
    expect(run.cached('c1')).toEqual([0]);
    expect(run.committed(0)).toBeLessThan(1);
    run.until(minutes(11));
    expect(run.committed(0)).toBe(1);
  });

  it('[CO-15] is not given back once more when it fails in the end', () => {
    const run = stuck({
      consumers: [{ processingMs: 600_000, failureRate: [1, 1], config: { consumeTimeout: 4 } }],
    }).until(minutes(11));
    expect(run.count('record.rejected')).toBe(1);
    expect(run.count('send-back.asked')).toBe(1);
  });

  it('[CO-15] hides those behind it only up to 16 a sweep', () => {
    const run = stuck({ actions: [{ at: '1s', do: 'burst', target: 'p', messages: 20 }] }).until(
      minutes(8) + 500,
    );
    expect(run.count('consume.overdue')).toBe(16);
    expect(run.cached('c1')).toEqual([4]);
  });
});
