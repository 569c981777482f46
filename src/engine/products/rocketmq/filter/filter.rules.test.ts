import { describe, expect, it } from 'vitest';
import { queueOf, recordMessage, recordQueue } from '../../../model/world';
import { messageDetails } from '../../../report/message';
import { reportOf } from '../../../report/report';
import { BROKER, type Consuming, consuming, type Setup, stored } from '../consumer/consuming.fixture';
import { Code, heartBeat } from '../protocol';
import { ALL, compileFilter, matchesEntry, tagCode } from './filter';

const burst = (at: string, messages: number) => ({ at, do: 'burst', target: 'p', messages });
const tags = (...list: string[]) => compileFilter({ kind: 'tags', tags: list });
const tagsOf = (cluster: Consuming, type: string, node?: string) =>
  cluster
    .entries(type, 0, node)
    .map(({ a }) => messageDetails(cluster.run, recordMessage(cluster.run.sim.state.arena, a))?.tag);
const count = (list: readonly unknown[], value: unknown) => list.filter((each) => each === value).length;
/** Every tenth message `Aa`, every tenth `BB`, the others `C`. */
const TWINS = ['Aa', 'BB', 'C', 'C', 'C', 'C', 'C', 'C', 'C', 'C'];

describe('tags', () => {
  it('[FI-1] have the hash codes of Java; a subscription is a set of them, and all without any', () => {
    expect(['TagA', 'TagB', 'TagC', 'Aa', 'BB', ''].map(tagCode)).toEqual([
      2598919, 2598920, 2598921, 2112, 2112, 0,
    ]);
    expect(tags('TagA', 'TagB')).toMatchObject({ tags: ['TagA', 'TagB'], codes: [2598919, 2598920] });
    expect(tags()).toEqual(ALL);
  });

  it('[FI-1] two tags of three are two thirds of the messages, and no tag matches none', () => {
    const cluster = consuming({
      consumers: [{ filter: 'TagA || TagB' }],
      producer: { tags: ['TagA', 'TagB', 'TagC'] },
      actions: [burst('1s', 30)],
    }).until(3_000);
    expect(tagsOf(cluster, 'record.consumed').sort()).toEqual([
      ...new Array<string>(10).fill('TagA'),
      ...new Array<string>(10).fill('TagB'),
    ]);
    const bare = consuming({ consumers: [{ filter: 'TagA' }], actions: [burst('1s', 30)] }).until(3_000);
    expect(bare.count('record.delivered')).toBe(0);
  });

  it('[FI-2] of two tags with one hash both travel, and the client drops the wrong one', () => {
    const cluster = consuming({
      consumers: [{ filter: 'Aa' }],
      producer: { tags: TWINS },
      actions: [burst('1s', 100)],
    }).until(40_000);
    expect(tagsOf(cluster, 'record.consumed')).toEqual(new Array<string>(10).fill('Aa'));
    expect(tagsOf(cluster, 'record.dropped-by-client')).toEqual(new Array<string>(10).fill('BB'));
    const { groups, effects, judges } = reportOf(cluster.run);
    expect(groups.g).toMatchObject({ deliveries: 10, lag: 0, passedOver: 0 });
    expect(effects).toEqual({ once: 10, lost: 0, doubled: 0 });
    expect(judges['safe-commit']).toBe('holds');
  });

  it('[FI-2] a parked pull sleeps on while what arrives is not wanted', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ filter: 'TagA' }],
      producer: { tags: ['TagC'] },
      actions: [burst('1s', 1)],
    }).until(2_000);
    expect(cluster.count('pull.woken')).toBe(0);
    // The sweep does not look at tags: it runs the pull again, which finds nothing.
    cluster.until(8_000);
    expect(cluster.count('pull.found-by-sweep')).toBe(1);
    expect(cluster.count('pull.nothing-matched')).toBe(1);
  });

  it('[FI-3] in the schedule topic no tag matches; afterwards the message is filtered by its own', () => {
    const delayed = { delayLevel: 1, tags: ['TagA', 'TagC'] };
    const cluster = consuming({
      consumers: [{ filter: 'TagA' }],
      producer: delayed,
      actions: [burst('1s', 8)],
    }).until(6_000);
    expect(tagsOf(cluster, 'record.consumed', 'c1')).toEqual(['TagA', 'TagA', 'TagA', 'TagA']);
    const { arena } = cluster.run.sim.state;
    const waited = Array.from({ length: arena.records.length }, (_, record) => record).filter(
      (record) => queueOf(arena, recordQueue(arena, record)).topic === 'SCHEDULE_TOPIC_XXXX',
    );
    expect(waited).toHaveLength(8);
    expect(waited.filter((record) => matchesEntry(arena, tags('TagA'), record))).toEqual([]);
    expect(cluster.count('delay.tag-hash-back')).toBe(8);
  });
});

describe('passing over what is not wanted', () => {
  /** 900 messages that nobody wants and 5 that c1 wants, which is paused. */
  const unwanted = () => {
    const cluster = stored(900, { producer: { tags: ['TagC'] }, consumers: [{ filter: 'TagA' }] });
    cluster.act({ do: 'set', target: 'p', config: {}, workload: { tags: ['TagA'] } });
    return cluster.act({ do: 'burst', target: 'p', messages: 5 }).until(31_100);
  };

  it('[FI-4] a read looks at 800 entries and answers the offset behind them', () => {
    const cluster = unwanted();
    const first = cluster.pull({ offset: 0 });
    expect(first).toMatchObject({
      status: Code.PULL_RETRY_IMMEDIATELY,
      body: { records: [], nextOffset: 800 },
    });
    expect(cluster.pull({ offset: 800 })).toMatchObject({
      status: Code.SUCCESS,
      body: { nextOffset: 905, records: { length: 5 } },
    });
  });

  it('[FI-4] the client comes again at once and takes the offset for its progress', () => {
    const cluster = unwanted().act({ do: 'resume', target: 'c1' }).until(33_000);
    expect(cluster.count('record.consumed')).toBe(5);
    const all = consuming({
      queues: 1,
      consumers: [{ filter: 'TagA' }],
      producer: { tags: ['TagC'] },
      actions: [burst('1s', 50)],
    }).until(20_000);
    expect(all.count('record.delivered')).toBe(0);
    expect(all.committed(0)).toBe(50);
    expect(reportOf(all.run)).toMatchObject({
      groups: { g: { lag: 0, passedOver: 0 } },
      effects: { lost: 0 },
      unavailableMs: { receive: { max: 0 } },
    });
  });

  it('[FI-4] with a message in hand the progress stays in front of it', () => {
    const cluster = consuming({
      queues: 1,
      consumers: [{ filter: 'TagA', processingMs: 60_000 }],
      producer: { tags: ['TagA', 'TagC'] },
      actions: [burst('1s', 10)],
    }).until(40_000);
    expect(cluster.committed(0)).toBe(0);
  });
});

describe('SQL92', () => {
  const sql = (expression: string, setup: Setup = {}) =>
    consuming({
      brokerConfig: { enablePropertyFilter: true },
      consumers: [{ filter: { sql: expression } }],
      producer: { properties: { amount: ['50', '150'], region: ['EU', 'US', 'EU', 'CN'] }, tags: ['A', 'B'] },
      actions: [burst('1s', 40)],
      ...setup,
    });

  it('[FI-5] is evaluated on the properties of each message, at the broker', () => {
    const taken = (expression: string) => sql(expression).until(3_000).count('record.consumed');
    expect(taken('amount > 100')).toBe(20);
    expect(taken("amount > 100 AND region = 'US'")).toBe(10);
    expect(taken("TAGS IN ('A')")).toBe(20);
    expect(taken('missing IS NULL')).toBe(40);
    const cluster = sql('amount > 100').until(40_000);
    expect(cluster.count('record.dropped-by-client')).toBe(0);
    expect(reportOf(cluster.run).groups.g).toMatchObject({ lag: 0, passedOver: 0 });
  });

  it('[FI-5] needs enablePropertyFilter: without it the consumer does not start', () => {
    const cluster = sql('amount > 100', { brokerConfig: {}, start: 'cold' }).until(30_000);
    expect(cluster.entries('consumer.start-refused').map(({ node }) => node)).toEqual(['c1']);
    expect(cluster.run.sim.state.env.processes[cluster.node('c1')]?.state).toBe('down');
    expect(cluster.count('record.delivered')).toBe(0);
    cluster.act({ do: 'set', target: BROKER, config: { enablePropertyFilter: true }, workload: {} });
    cluster.act({ do: 'restart', target: 'c1' }).until(40_000);
    expect(cluster.count('record.consumed')).toBe(20);
  });

  it('[FI-5] a broker that stops to filter answers pulls with SYSTEM_ERROR', () => {
    const cluster = sql('amount > 100').until(3_000);
    cluster.act({ do: 'set', target: BROKER, config: { enablePropertyFilter: false }, workload: {} });
    expect(cluster.pull()).toMatchObject({ status: Code.SYSTEM_ERROR });
    expect(cluster.pull()?.remark).toContain('SQL92');
  });

  it('[FI-5] leaves the retry topic alone', () => {
    const cluster = sql("region = 'EU'", {
      consumers: [{ filter: { sql: "region = 'EU'" } }],
      producer: { properties: { region: ['EU'] } },
      actions: [{ at: '500ms', do: 'fail', target: 'c1', messages: 1 }, burst('1s', 1)],
    }).until(20_000);
    expect(cluster.count('record.rejected')).toBe(1);
    expect(cluster.count('record.consumed')).toBe(1);
  });
});

describe('one subscription for a group and topic', () => {
  const SPLIT = [{ filter: 'A' }, { filter: 'B' }];

  it('[FI-6] with two wishes in one group 50 of 200 are processed, and nothing lags', () => {
    const cluster = consuming({
      consumers: SPLIT,
      producer: { tags: ['A', 'A', 'A', 'A', 'B', 'B', 'B', 'B'] },
      actions: [burst('1s', 200)],
    }).until(40_000);
    const consumed = tagsOf(cluster, 'record.consumed');
    expect(consumed).toHaveLength(50);
    expect([0, 50]).toContain(count(consumed, 'A'));
    const { groups, effects, judges } = reportOf(cluster.run);
    expect(groups.g).toMatchObject({ lag: 0, passedOver: 150 });
    expect(effects).toEqual({ once: 50, lost: 150, doubled: 0 });
    expect(judges['safe-commit']).toBe('broken');
  });

  it('[FI-6] the newest version stays, whoever sends an older one afterwards', () => {
    const cluster = consuming({ queues: 1 }).until(1_000);
    const say = (versionUs: number, ...list: string[]) =>
      cluster.ask(heartBeat, {
        clientId: 'c1',
        producerGroups: [],
        consumers: [
          {
            group: 'g',
            messageModel: 'CLUSTERING',
            subscriptions: [{ frozen: true, topic: 'Orders', filter: tags(...list), versionUs }],
          },
        ],
      });
    const known = () => cluster.broker().service.groups.get('g')?.subscriptions.get('Orders')?.filter;
    say(900_000, 'A');
    expect(known()).toEqual(tags('A'));
    say(800_000, 'B');
    expect(known()).toEqual(tags('A'));
    say(950_000, 'B');
    expect(known()).toEqual(tags('B'));
  });

  it('[FI-6] a pull of a newer version is told that the subscription is not the latest', () => {
    const cluster = consuming({ queues: 1, actions: [burst('1s', 1)] }).until(2_000);
    expect(cluster.pull({ subVersionUs: 0 })?.status).toBe(Code.SUBSCRIPTION_NOT_LATEST);
    expect(cluster.pull()?.status).toBe(Code.SUCCESS);
  });

  it('[FI-6] each heartbeat erases the topics of the other member, whose pulls then fail for a while', () => {
    const cluster = consuming({
      queues: 4,
      consumers: [{}, { topic: 'Others' }],
      producer: { ratePerSecond: 10 },
    }).until(65_000);
    expect(cluster.count('subscription.erased')).toBeGreaterThan(1);
    expect(cluster.count('pull.topic-not-subscribed')).toBeGreaterThan(0);
  });
});
