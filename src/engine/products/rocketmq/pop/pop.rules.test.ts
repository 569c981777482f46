import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../checkers/verdict';
import { recordMessage } from '../../../model/world';
import { type Consuming, consuming, type Setup } from '../consumer/consuming.fixture';

/** Pop consumption on a whole cluster: `Orders`, consumers c1, c2 … of the group g. */

const pop = (changes: Readonly<Record<string, unknown>> = {}) => ({
  protocol: 'pop',
  processingMs: 10,
  ...changes,
});
const burst = (at: string, messages: number) => ({ at, do: 'burst', target: 'p', messages });
const cluster = (setup: Setup): Consuming => consuming({ queues: 4, consumers: [pop()], ...setup });

const deliveriesOf = (run: Consuming, message: number) =>
  run
    .entries('record.delivered')
    .filter(({ a }) => recordMessage(run.run.sim.state.arena, a) === message)
    .map(({ atMs, node }) => ({ atMs, node }));

describe('who gets what', () => {
  it('[PO-1] seven consumers share four queues, and every one of them has work', () => {
    const run = cluster({
      consumers: Array.from({ length: 7 }, () =>
        pop({ processingMs: 200, config: { popBatchNums: 2, consumeThreadMin: 2, consumeThreadMax: 2 } }),
      ),
      producer: { ratePerSecond: 60 },
    }).until(20_000);
    for (let n = 1; n <= 7; n++) expect(run.count('record.consumed', 0, `c${n}`)).toBeGreaterThan(50);
    expect(run.deliveredTwice()).toBe(0);
  });

  it('[PO-1] [PO-6] a killed consumer stops nothing: the others go on at once, what it had in hand comes after its invisible time', () => {
    const run = cluster({
      consumers: [pop({ processingMs: 500 }), pop({ processingMs: 500 })],
      producer: { ratePerSecond: 20 },
      actions: [{ at: '20s', do: 'kill', target: 'c2', failure: 'process' }],
    }).until(100_000);
    const gaps = run.entries('record.delivered', 20_000).map(({ atMs }) => atMs);
    for (let n = 1; n < 40; n++) expect((gaps[n] ?? 0) - (gaps[n - 1] ?? 0)).toBeLessThan(1_500);
    const revived = run.entries('pop.revived');
    expect(revived.length).toBeGreaterThan(0);
    for (const { b } of revived) {
      expect(b / 1e6).toBeGreaterThan(2);
      expect(b / 1e6).toBeLessThan(4.2);
    }
    expect(verdictOf(run.run).acknowledgedLost).toBe(0);
    expect(run.count('record.consumed', 0, 'c1') + run.count('record.consumed', 0, 'c2')).toBeGreaterThan(
      20 * 79,
    );
  });

  it('[PO-2] one request takes 32 messages at most, from all queues of the topic', () => {
    const run = cluster({
      consumers: [pop({ processingMs: 100_000 })],
      actions: [
        { at: '1s', do: 'pause', target: 'c1' },
        burst('2s', 100),
        { at: '20s', do: 'resume', target: 'c1' },
      ],
    }).until(22_000);
    const [first] = run.entries('pop.taken', 19_000);
    const together = run.entries('pop.taken', 19_000).filter(({ atMs }) => atMs === first?.atMs);
    expect(together.reduce((sum, { b }) => sum + b, 0)).toBe(32);
    expect(new Set(together.map(({ a }) => a)).size).toBeGreaterThan(1);
  });

  it('[PO-2] a group that may not consume, and a broker that may not be read, hand out nothing', () => {
    const from = (brokerConfig: Setup['brokerConfig']) =>
      cluster({ brokerConfig, actions: [burst('5s', 10)] });
    const closed = from({}).until(2_000);
    const groups = closed.broker().service.disk.subscriptionGroups;
    const config = groups.get('g');
    expect(config).toBeDefined();
    closed.run.sim.intervene(() => {
      if (config !== undefined) groups.set('g', { ...config, consumeEnable: false });
    });
    expect(closed.until(40_000).count('record.delivered')).toBe(0);
    expect(from({ brokerPermission: 2 }).until(40_000).count('record.delivered')).toBe(0);
    expect(from({}).until(40_000).count('record.delivered')).toBe(10);
  });

  it('[PO-3] the offset moves past what was popped before anything is consumed', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop({ processingMs: 30_000 })],
      actions: [burst('2s', 10)],
    }).until(4_000);
    expect(run.count('record.consumed')).toBe(0);
    expect(run.committed(0)).toBe(10);
    expect(run.count('pop.checkpoint')).toBeGreaterThan(0);
  });

  it('[PO-3] a master that flushes at once hands out nothing before the checkpoint is on the disk', () => {
    const run = cluster({
      queues: 1,
      brokerConfig: { flushDiskType: 'SYNC_FLUSH' },
      environment: { disk: { fsyncMs: 50 } },
      actions: [burst('2s', 1)],
    }).until(4_000);
    const [taken] = run.entries('pop.taken');
    const [delivered] = run.entries('record.delivered');
    expect((delivered?.atMs ?? 0) - (taken?.atMs ?? 0)).toBeGreaterThan(50);
  });

  it('[PO-3] a checkpoint counts though its replica is late', () => {
    const run = cluster({
      queues: 1,
      brokers: [
        {
          ...{ id: 'broker-a:0', brokerName: 'broker-a' },
          config: { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 },
        },
      ],
      producer: { config: { sendMsgTimeout: 10_000 } },
      actions: [burst('2s', 1)],
    }).until(12_000);
    const [taken] = run.entries('pop.taken');
    const [delivered] = run.entries('record.delivered');
    const waitMs = (delivered?.atMs ?? 0) - (taken?.atMs ?? 0);
    expect(waitMs).toBeGreaterThanOrEqual(3_000);
    expect(waitMs).toBeLessThan(3_100);
  });

  it('[PO-4] a confirmed message does not come again', () => {
    const run = cluster({ actions: [burst('2s', 40)] }).until(90_000);
    expect(run.count('pop.acked')).toBe(40);
    expect(run.count('pop.revived')).toBe(0);
    expect(run.count('record.delivered')).toBe(40);
  });
});

describe('with a filter', () => {
  it('[PO-3] [PO-5] a pop goes on past what is not wanted; of its batch comes again what nobody confirmed, and no other', () => {
    const late = (id: string, processingMs: number) => ({
      ...{ id, group: 'g', topic: 'Orders', protocol: 'pop', filter: 'TagA', processingMs },
      config: { consumeThreadMin: 5, consumeThreadMax: 5 },
    });
    const run = cluster({
      queues: 1,
      consumers: [],
      producer: { tags: ['TagA', 'TagB'] },
      actions: [
        burst('2s', 60),
        { at: '5s', do: 'add', consumer: late('one', 500) },
        { at: '8s', do: 'kill', target: 'one', failure: 'process' },
        { at: '9s', do: 'add', consumer: late('two', 1) },
      ],
    }).until(8_500);
    const [taken] = run.entries('pop.taken');
    expect(taken?.b).toBe(30);
    const confirmed = run.count('pop.acked');
    expect(confirmed).toBeGreaterThan(4);
    expect(confirmed).toBeLessThan(30);
    run.until(100_000);
    expect(run.count('pop.revived')).toBe(30 - confirmed);
    const { arena } = run.run.sim.state;
    const consumed = run.entries('record.consumed').map(({ a }) => recordMessage(arena, a));
    expect(new Set(consumed).size).toBe(30);
    expect(consumed).toHaveLength(30);
  });
});

describe('what is not confirmed', () => {
  const second = { id: 'c2', group: 'g', topic: 'Orders', ...pop() };
  const unconfirmed = (brokerConfig: Setup['brokerConfig']) =>
    cluster({
      queues: 1,
      brokerConfig,
      consumers: [pop({ processingMs: 500 })],
      actions: [
        burst('2s', 1),
        { at: '2200ms', do: 'kill', target: 'c1', failure: 'process' },
        { at: '10s', do: 'add', consumer: second },
      ],
    }).until(90_000);

  it('[PO-5] [PO-6] popped at 2 s and never confirmed, it is revived 62 to 64 s later; the next request that looks has it', () => {
    const run = unconfirmed({});
    const [first, again] = deliveriesOf(run, 0);
    expect(first?.node).toBe('c1');
    expect(again?.node).toBe('c2');
    const [revived] = run.entries('pop.revived');
    expect((revived?.b ?? 0) / 1e6).toBeGreaterThan(2);
    expect((revived?.b ?? 0) / 1e6).toBeLessThan(4.2);
    expect((again?.atMs ?? 0) - (revived?.atMs ?? 0)).toBeLessThan(15_000);
    expect(verdictOf(run.run).duplicates).toBe(1);
  });

  it('[PO-6] a checkpoint tells the time of its message less a second: the wait after the last one ends a second sooner', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop({ processingMs: 20_000 })],
      actions: [
        burst('2s', 1),
        burst('3500ms', 1),
        { at: '4s', do: 'kill', target: 'c1', failure: 'process' },
      ],
    }).until(90_000);
    const [first] = run.entries('pop.revived');
    expect(first?.b).toBeGreaterThan(2_900_000);
    expect(first?.b).toBeLessThan(3_100_000);
  });

  it('[PO-9] what comes into the retry topic wakes a parked request only when its name is of version 2', () => {
    const waitMs = (enableRetryTopicV2: boolean) => {
      const run = unconfirmed({ enableRetryTopicV2 });
      return (deliveriesOf(run, 0)[1]?.atMs ?? 0) - (run.entries('pop.revived')[0]?.atMs ?? 0);
    };
    expect(waitMs(true)).toBeGreaterThan(0);
    expect(waitMs(true)).toBeLessThan(50);
    expect(waitMs(false)).toBeGreaterThan(1_000);
  });

  it('[PO-5] a broker that was killed meanwhile reads its revive queues on', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop({ processingMs: 500 })],
      actions: [
        burst('2s', 1),
        { at: '2200ms', do: 'kill', target: 'c1', failure: 'process' },
        { at: '14s', do: 'kill', target: 'broker-a:0', failure: 'process' },
        { at: '40s', do: 'restart', target: 'broker-a:0' },
        { at: '42s', do: 'add', consumer: second },
      ],
    }).until(120_000);
    expect(deliveriesOf(run, 0)).toHaveLength(2);
  });

  it('[PO-7] a failure asks for 10 s, then for 30 s more invisible time', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop({ poisonKeys: ['bad'] })],
      actions: [{ at: '2s', do: 'send', target: 'p', message: { key: 'bad' } }],
    }).until(70_000);
    expect(run.entries('pop.invisible-changed').map(({ b }) => b / 1e6)).toEqual([10, 30, 60]);
    const times = deliveriesOf(run, 0).map(({ atMs }) => atMs / 1000);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(11);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeLessThan(15.5);
    expect(run.count('message.dead-lettered')).toBe(0);
  });

  it('[PO-7] with its retries used up and older than four hours it is dropped', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop({ poisonKeys: ['bad'], config: { maxReconsumeTimes: 1 } })],
      actions: [{ at: '2s', do: 'send', target: 'p', message: { key: 'bad' } }],
    }).until(30_000_000);
    const [dropped] = run.entries('pop.given-up');
    expect((dropped?.b ?? 0) / 3.6e9).toBeGreaterThan(4);
    const after = run.entries('record.delivered', (dropped?.atMs ?? 0) + 1);
    expect(after).toEqual([]);
  });

  it('[PO-6] a result that comes after the invisible time does not count', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop({ processingMs: 8_000, config: { popInvisibleTime: 5_000 } })],
      actions: [burst('2s', 1)],
    }).until(12_000);
    expect(run.count('pop.too-late')).toBe(1);
    expect(run.count('pop.acked')).toBe(0);
  });
});

describe('waiting', () => {
  it('[PO-9] an arriving message wakes one parked request in milliseconds', () => {
    const run = cluster({ consumers: [pop(), pop()], actions: [burst('30s', 1)] }).until(31_000);
    const [delivered] = run.entries('record.delivered');
    expect((delivered?.atMs ?? 0) - 30_000).toBeLessThan(6);
    expect(run.count('record.delivered')).toBe(1);
  });

  it('[PO-2] [PO-9] who found every queue locked looks again when a lock is free, though no message arrives', () => {
    const busy = pop({ processingMs: 20_000, config: { popThresholdForQueue: 0 } });
    const run = cluster({
      queues: 1,
      consumers: [busy, busy],
      brokers: [
        {
          ...{ id: 'broker-a:0', brokerName: 'broker-a' },
          config: { brokerRole: 'SYNC_MASTER', inSyncReplicas: 2 },
        },
      ],
      producer: { config: { sendMsgTimeout: 10_000 } },
      actions: [burst('20s', 1), burst('21s', 1)],
    }).until(28_000);
    // The checkpoint of the first message waits 3 s for a replica that there is not, and the lock with it.
    const [first, second] = run.entries('pop.taken').map(({ atMs }) => atMs);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(3_000);
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(3_100);
  });

  it('[PO-2] a request that leaves messages behind wakes a parked one', () => {
    const late = (id: string) => ({
      ...{ at: '10s', do: 'add' },
      consumer: { id, group: 'g', topic: 'Orders', ...pop({ config: { popBatchNums: 1 } }) },
    });
    const run = cluster({
      queues: 1,
      consumers: [pop({ processingMs: 500 })],
      actions: [
        burst('2s', 2),
        { at: '2200ms', do: 'kill', target: 'c1', failure: 'process' },
        ...[late('c2'), late('c3')],
        burst('67s', 1),
      ],
    }).until(67_500);
    // What was revived woke nobody; the new message wakes one of them, and that one the other.
    expect(run.count('pop.revived')).toBe(2);
    expect(run.count('record.delivered', 66_900)).toBe(3);
    for (const name of ['c2', 'c3']) expect(run.count('record.delivered', 66_900, name)).toBeGreaterThan(0);
  });

  it('[PO-2] a request goes on behind what its filter does not want, a scan of 800 after the other', () => {
    const wanted = { at: '3s', do: 'send', target: 'p', message: { key: 'it', tag: 'TagA' } };
    const late = {
      id: 'late',
      group: 'late',
      topic: 'Orders',
      protocol: 'pop',
      filter: 'TagA',
      processingMs: 1,
    };
    const run = cluster({
      queues: 1,
      consumers: [],
      producer: { tags: ['TagB'] },
      actions: [burst('2s', 2_500), wanted, { at: '10s', do: 'add', consumer: late }],
    }).until(14_000);
    expect(run.count('record.consumed', 0, 'late')).toBe(1);
  });

  it('[PO-9] the parked request of a dead client takes no message', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop(), pop()],
      actions: [
        { at: '20s', do: 'kill', target: 'c1', failure: 'process' },
        burst('22s', 1),
        burst('23s', 1),
      ],
    }).until(24_000);
    expect(run.count('record.consumed', 0, 'c2')).toBe(2);
  });

  it('[PO-9] nothing comes: POLLING_TIMEOUT shortly before 15 s', () => {
    const run = cluster({}).until(60_000);
    const waits = run.entries('pop.polling-ended').map(({ b }) => b / 1e6);
    expect(waits.length).toBeGreaterThan(2);
    for (const wait of waits) {
      expect(wait).toBeGreaterThan(14.9);
      expect(wait).toBeLessThan(15);
    }
  });

  it('[PO-9] a request that was woken and found nothing keeps the end of its time, and the others theirs', () => {
    const held = (id: string) => ({ id, group: 'held', topic: 'Orders', protocol: 'pop', processingMs: 1 });
    const run = cluster({
      queues: 2,
      consumers: [],
      producer: { tags: ['TagB'] },
      actions: [
        { at: '1s', do: 'add', consumer: { ...held('one'), filter: 'TagA' } },
        { at: '4s', do: 'add', consumer: { ...held('two'), filter: 'TagA' } },
        burst('8s', 1),
        burst('9s', 1),
        burst('10s', 1),
      ],
    }).until(120_000);
    const ends = run.entries('pop.polling-ended');
    expect(ends.length).toBeGreaterThan(12);
    for (const { b } of ends) {
      expect(b / 1e6).toBeGreaterThan(14.9);
      expect(b / 1e6).toBeLessThan(15);
    }
    expect(run.count('pull.lost')).toBe(0);
  });

  it('[PO-9] [PO-2] when its time ends it looks once more: what waits in the retry topic goes with it', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop({ processingMs: 500 })],
      brokerConfig: { popFromRetryProbability: 0 },
      actions: [
        burst('2s', 1),
        { at: '2200ms', do: 'kill', target: 'c1', failure: 'process' },
        { at: '10s', do: 'add', consumer: { id: 'c2', group: 'g', topic: 'Orders', ...pop() } },
      ],
    }).until(90_000);
    const [revived] = run.entries('pop.revived');
    expect(run.entries('record.delivered', revived?.atMs)).toHaveLength(1);
    expect(run.entries('pop.polling-ended', revived?.atMs)[0]?.atMs).toBeGreaterThan(
      run.entries('record.delivered', revived?.atMs)[0]?.atMs ?? Number.POSITIVE_INFINITY,
    );
  });

  it('[PO-9] one request more than popPollingSize is parked, the next finds POLLING_FULL, and comes again in a second', () => {
    const full = (consumers: number, brokerConfig: object) =>
      cluster({
        brokerConfig: { ...brokerConfig },
        consumers: Array.from({ length: consumers }, () => pop()),
      })
        .until(30_000)
        .count('pop.polling-full');
    expect(full(2, { popPollingSize: 1 })).toBe(0);
    expect(full(3, { popPollingSize: 1 })).toBeGreaterThan(10);
    expect(full(2, { maxPopPollingSize: 1 })).toBeGreaterThan(10);
  });

  it('[PO-9] a message that its filter does not want wakes no request: the offset stays until its time is over', () => {
    const run = cluster({
      queues: 1,
      consumers: [pop({ filter: 'TagA' })],
      producer: { tags: ['TagB'] },
      // The message at offset 0 wakes whoever is parked, as each 800th does.
      actions: [burst('2s', 3), { at: '3s', do: 'send', target: 'p', message: { tag: 'TagA' } }],
    }).until(2_900);
    expect(run.committed(0)).toBe(1);
    run.until(3_100);
    expect(run.count('record.consumed')).toBe(1);
    expect(run.committed(0)).toBe(4);
  });

  it('[CO-18] a reset holds with the next pop, once', () => {
    const run = cluster({
      queues: 1,
      actions: [
        burst('2s', 10),
        { at: '10s', do: 'resetOffset', group: 'g', topic: 'Orders', to: 'earliest' },
        burst('20s', 1),
      ],
    }).until(40_000);
    expect(run.count('pop.reset')).toBe(1);
    expect(run.count('record.delivered')).toBe(21);
    expect(run.committed(0)).toBe(11);
  });

  it('[PO-10] a new group on a young topic begins at 0; the offset is committed at once', () => {
    const late = { id: 'late', group: 'late', topic: 'Orders', protocol: 'pop', processingMs: 1 };
    const run = cluster({
      actions: [burst('2s', 40), { at: '10s', do: 'add', consumer: late }],
    }).until(16_000);
    expect(run.entries('pop.begins', 10_000).map(({ b }) => b)).toEqual([0, 0, 0, 0]);
    expect(run.count('record.consumed', 10_000, 'late')).toBe(40);
  });
});
