import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONFIG_TABLES, type ConfigRole } from './config';
import { formatDuration } from './duration';
import type { KeySpec, ProductVersion } from './rocketmq-key-spec';
import { SAMPLE } from './sample.fixture';
import { accepted, file } from './scenario.fixture';
import { serializeScenario } from './serialize';
import { IDEMPOTENCE } from './types';

const written = (source: unknown) => serializeScenario(accepted(source).scenario);

describe('a written file', () => {
  it('leaves out what is default', () => {
    expect(written(file())).toEqual({
      ...file({ databases: [{ id: 'orders-db' }] }),
      model: 1,
      brokers: [
        { id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0 },
        { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
      ],
    });
  });

  it('writes times with the largest exact unit', () => {
    const actions = [{ at: '60000ms', do: 'freeze', target: 'ns-1', for: '1500us' }];
    expect(written(file({ actions })).actions).toEqual([
      { at: '1m', do: 'freeze', target: 'ns-1', for: '1500us' },
    ]);
  });

  it('keeps an empty list in a change, where it says "none from now on"', () => {
    const actions = [{ at: '1s', do: 'set', target: 'producer-1', workload: { tags: [] } }];
    expect(written(file({ actions })).actions).toEqual(actions);
  });

  it('of the example says the same again', () => {
    const { scenario } = accepted(SAMPLE);
    expect(accepted(JSON.stringify(serializeScenario(scenario))).scenario).toEqual(scenario);
  });

  it('measures the pool sizes of a broker by the cores of the file', () => {
    const brokers = [{ id: 'b', brokerName: 'b', config: { sendMessageThreadPoolNums: 2 } }];
    const two = written(file({ brokers, environment: { cpu: { cores: 2 } } }));
    expect(two.brokers).toEqual([{ id: 'b', brokerName: 'b', brokerId: 0 }]);
    expect(written(file({ brokers })).brokers).toMatchObject([{ config: { sendMessageThreadPoolNums: 2 } }]);
  });
});

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const decimal = (max: number) => fc.nat({ max: max * 1_000 }).map((thousandths) => thousandths / 1_000);
const positive = (max: number) =>
  fc.integer({ min: 1, max: max * 1_000 }).map((thousandths) => thousandths / 1_000);
const time = fc.nat({ max: 1e12 }).map(formatDuration);
const chance = fc.tuple(fc.nat({ max: 20 }), fc.integer({ min: 20, max: 40 }));
const label = fc.stringMatching(/^[A-Za-z0-9 刷盘_-]{1,20}$/);
const tag = fc.stringMatching(/^[A-Za-z0-9刷盘_-]{1,20}$/);

function configOf(role: ConfigRole, version: ProductVersion): fc.Arbitrary<object> {
  const keys = Object.entries(CONFIG_TABLES[role]).filter(
    // One pair of keys is judged together; another test has it.
    ([key, spec]) => (spec.only ?? version) === version && !key.startsWith('consumeThread'),
  );
  return fc.record(Object.fromEntries(keys.map(([key, spec]) => [key, configValue(spec)])), {
    requiredKeys: [],
  });
}

function configValue(spec: KeySpec): fc.Arbitrary<unknown> {
  if (spec.type === 'bool') return fc.boolean();
  if (spec.values !== undefined) return fc.constantFrom(...spec.values);
  if (spec.type === 'string') return fc.constantFrom(spec.default5, spec.example ?? spec.default5);
  return fc.oneof(fc.integer({ min: spec.min, max: spec.max }), fc.constant(spec.off ?? spec.min));
}

const load = fc.oneof(
  fc.record({ ratePerSecond: decimal(100_000) }),
  fc.record({ threads: fc.integer({ min: 1, max: 1_000 }) }),
  fc.uniqueArray(fc.nat({ max: 1e9 }), { minLength: 1, maxLength: 4 }).map((times) => ({
    profile: times.sort((a, b) => a - b).map((us) => ({ from: formatDuration(us), rate: (us % 7) / 2 })),
  })),
  fc.constant({}),
);
const properties = <T>(values: fc.Arbitrary<T>) =>
  fc.dictionary(fc.stringMatching(/^[a-z刷盘]{1,8}$/), values, { maxKeys: 3 });
const outcome = fc.constantFrom('commit', 'rollback', 'unknown', 'exception');
const delay = fc.integer({ min: -2, max: 20 });
const timerDelay = (version: ProductVersion) =>
  version === '5.3' ? { timerDelayMs: fc.integer({ min: -9, max: 1e9 }) } : {};
const localTransaction = fc.record(
  {
    database: fc.constant('db'),
    takesMs: decimal(600_000),
    outcomes: fc.array(outcome, { minLength: 1, maxLength: 3 }),
    answers: fc.array(fc.oneof(outcome, fc.constant('truth')), { minLength: 1, maxLength: 3 }),
    checkImmunitySeconds: fc.nat({ max: 1_000 }),
  },
  { requiredKeys: [] },
);
const producerWorkload = (version: ProductVersion) =>
  fc
    .tuple(
      load,
      fc.record(
        {
          mode: fc.constantFrom('sync', 'async', 'oneway', 'transaction'),
          localTransaction,
          delayLevel: delay,
          ...timerDelay(version),
          properties: properties(fc.array(tag, { minLength: 1, maxLength: 3 })),
          batch: fc.integer({ min: 1, max: 32 }),
          messages: fc.integer({ min: 1, max: 1e9 }),
          bodyBytes: fc.nat({ max: 16_777_216 }),
          keys: fc.record({ distinct: fc.integer({ min: 1, max: 1e6 }), skew: fc.nat({ max: 4 }) }),
          queueSelector: fc.constantFrom('roundRobin', 'hashKey'),
          tags: fc.array(tag, { maxLength: 3 }),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([driver, rest]) => ({ ...rest, ...driver }));
const consumerWorkload = fc.record(
  { processingMs: decimal(600_000), failureRate: chance, poisonKeys: fc.array(label, { maxLength: 3 }) },
  { requiredKeys: [] },
);

/** What a consumer subscribes to, and how it reads. */
const reading = (version: ProductVersion) =>
  fc.record(
    {
      filter: fc.oneof(
        fc.constant('*'),
        fc.array(tag, { minLength: 1, maxLength: 3 }).map((tags) => tags.join(' || ')),
        fc
          .constantFrom("region = 'EU' AND amount > 5", 'a BETWEEN 1 AND 9', 'b IS NOT NULL')
          .map((sql) => ({ sql })),
      ),
      messageModel: fc.constantFrom('CLUSTERING', 'BROADCASTING'),
      listener: fc.constantFrom('concurrently', 'orderly'),
      protocol: version === '5.3' ? fc.constantFrom('remoting', 'pop', 'grpc') : fc.constant('remoting'),
      idempotent: fc.constantFrom(...IDEMPOTENCE),
      dedupeTtl: fc.integer({ min: 0, max: 9_999 }).map((ms) => `${ms}ms`),
    },
    { requiredKeys: [] },
  );

function actionsOf(version: ProductVersion): fc.Arbitrary<object[]> {
  const process = fc.constantFrom(
    'ns-1',
    'broker-a:0',
    'broker-b:0',
    'producer-1',
    'consumer-1',
    'leaderOf:busiest',
    'late',
  );
  const pair = fc.uniqueArray(process, { minLength: 2, maxLength: 2 });
  const factor = positive(1_000);
  const ms = decimal(600_000);
  const target = (...ids: string[]) => fc.constantFrom(...ids);
  const deeds: fc.Arbitrary<object>[] = [
    fc
      .record({
        do: fc.constant('set'),
        target: fc.constant('broker-a:0'),
        config: configOf('broker', version),
      })
      .filter(({ config }) => Object.keys(config).length > 0),
    fc
      .record({
        do: fc.constant('set'),
        target: fc.constant('producer-1'),
        workload: producerWorkload(version),
      })
      .filter(({ workload }) => Object.keys(workload).length > 0),
    fc
      .record({ do: fc.constant('set'), target: fc.constant('consumer-1'), workload: consumerWorkload })
      .filter(({ workload }) => Object.keys(workload).length > 0),
    fc.record({
      do: fc.constant('set'),
      target: fc.constant('db'),
      workload: fc.record({ latencyMs: ms }),
    }),
    fc.record({
      do: fc.constant('send'),
      target: fc.constant('producer-1'),
      message: fc.record(
        {
          key: label,
          tag,
          body: label,
          delayLevel: delay,
          ...timerDelay(version),
          properties: properties(tag),
          outcome,
        },
        { requiredKeys: [] },
      ),
    }),
    fc.record({
      do: fc.constant('kill'),
      target: process,
      failure: fc.constantFrom('process', 'power', 'disk'),
    }),
    fc.record({ do: fc.constant('kill'), target: fc.constant('rack'), failure: fc.constant('power') }),
    fc.record({ do: fc.constantFrom('restart', 'remove'), target: process }),
    fc.record({
      do: fc.constantFrom('pause', 'resume'),
      target: target('producer-1', 'consumer-1', 'consumer:2'),
    }),
    fc.record({ do: fc.constantFrom('cut', 'heal'), between: pair }),
    fc.record({
      do: fc.constant('slow'),
      part: fc.constantFrom('disk', 'cpu', 'network'),
      target: process,
      factor,
    }),
    fc.record({ do: fc.constant('slow'), part: fc.constant('disk'), target: process, fsyncMs: ms }),
    fc.record({ do: fc.constant('slow'), part: fc.constant('network'), between: pair, latencyMs: ms }),
    fc.record({ do: fc.constant('freeze'), target: process, for: time }),
    fc.record({
      do: fc.constant('drop'),
      from: process,
      to: process,
      messages: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({
      do: fc.constant('burst'),
      target: fc.constant('producer-1'),
      messages: fc.integer({ min: 1, max: 1e9 }),
    }),
    fc.record({
      do: fc.constant('fail'),
      target: fc.constant('consumer-1'),
      messages: fc.integer({ min: 1, max: 9 }),
    }),
    fc
      .record({ do: fc.constant('resetOffset'), group: fc.constant('g'), topic: fc.constant('Orders') })
      .chain((reset) =>
        fc.oneof(
          fc.constantFrom({ ...reset, to: 'earliest' }, { ...reset, to: 'latest' }),
          time.map((at) => ({ ...reset, to: 'time', time: at })),
          fc.nat().map((offset) => ({ ...reset, to: 'offset', offset })),
        ),
      ),
    fc.record(
      {
        do: fc.constant('resendDeadLetters'),
        group: fc.constant('g'),
        topic: fc.constant('Orders'),
        messages: fc.integer({ min: 1, max: 1e9 }),
      },
      { requiredKeys: ['do', 'group'] },
    ),
    fc.record({
      do: fc.constant('alterGroup'),
      group: fc.constantFrom('g', 'unheard-of'),
      config: fc.record({ retryMaxTimes: fc.integer({ min: 0, max: 99 }) }),
    }),
    fc.record({
      do: fc.constant('alterTopic'),
      topic: fc.constant('Orders'),
      queues: fc.integer({ min: 1, max: 50 }),
      brokers: maybe(fc.constant(['broker-b'])),
      config: maybe(fc.record({ perm: fc.constantFrom(2, 4, 6) })),
    }),
  ];
  const moment = fc.oneof(
    time.map((at) => ({ at })),
    fc.nat().map((afterStep) => ({ afterStep })),
  );
  const plain = fc.array(
    fc.tuple(moment, fc.oneof(...deeds)).map(([when, deed]) => ({ ...when, ...deed })),
    { maxLength: 6 },
  );
  const added = fc.record({
    at: time,
    do: fc.constant('add'),
    broker: fc.record({
      id: fc.constant('late'),
      brokerName: fc.constant('broker-c'),
      config: configOf('broker', version),
    }),
  });
  const created = fc.record({
    at: time,
    do: fc.constant('createTopic'),
    topic: fc.record({
      name: fc.constant('Payments'),
      queues: maybe(fc.integer({ min: 1, max: 50 })),
      brokers: maybe(fc.constant(['broker-c'])),
    }),
  });
  return fc.tuple(plain, added, created).map(([list, add, create]) => [add, ...list, create]);
}

/** Any file that is accepted: every section, every kind of action, every configuration key of its version. */
const anyFile: fc.Arbitrary<object> = fc.constantFrom<ProductVersion>('5.3', '4.9').chain((version) =>
  fc.record({
    format: fc.constant('mq-playground/scenario@1'),
    product: fc.constant('rocketmq'),
    productVersion: fc.constant(version),
    title: fc.record({ en: label, zh: label }),
    seed: fc.nat(),
    start: fc.constantFrom('warm', 'cold'),
    phases: fc.constantFrom('seeded', 'aligned'),
    environment: fc.record(
      {
        network: fc.record(
          { latencyMs: decimal(600_000), jitterMs: decimal(10), bandwidthMBps: positive(10_000) },
          { requiredKeys: [] },
        ),
        disk: fc.record(
          {
            fsyncMs: decimal(9_000),
            sequentialMBps: positive(9_000),
            fileSwitchMs: decimal(9),
            dirtyMB: positive(9_000),
            dirtyExpireMs: decimal(30_000),
            capacityGB: positive(900_000),
          },
          { requiredKeys: [] },
        ),
        memory: fc.record({ pageCacheMB: positive(900_000) }),
        cpu: fc.record({ cores: fc.integer({ min: 1, max: 64 }) }),
        hosts: fc.constant([{ id: 'rack' }]),
        links: fc
          .record({ latencyMs: maybe(decimal(900)) })
          .map(({ latencyMs }) => [{ between: ['ns-1', 'broker-a:0'], latencyMs }]),
      },
      { requiredKeys: ['hosts'] },
    ),
    nameservers: configOf('nameserver', version).map((config) => [{ id: 'ns-1', config }]),
    brokers: fc.tuple(configOf('broker', version), fc.nat({ max: 3 })).map(([config, brokerId]) => [
      { id: 'broker-a:0', brokerName: 'broker-a', host: 'rack', config },
      { id: 'broker-b:0', brokerName: 'broker-b', brokerId },
    ]),
    controllers:
      version === '5.3'
        ? fc
            .array(configOf('controller', version), { maxLength: 3 })
            .map((configs) => configs.map((config, i) => ({ id: `ctl-${i}`, config })))
        : fc.constant([]),
    subscriptionGroups: fc
      .array(configOf('subscriptionGroup', version), { maxLength: 2 })
      .map((configs) => configs.map((config, i) => ({ name: ['g', 'of-nobody'][i], config }))),
    topics: fc
      .record({
        name: fc.constant('Orders'),
        queues: maybe(fc.integer({ min: 1, max: 50 })),
        brokers: maybe(fc.constantFrom(['broker-a'], ['broker-b', 'broker-a'])),
        config: maybe(fc.record({ writeQueueNums: fc.integer({ min: 1, max: 50 }) })),
      })
      .map((topic) => [topic]),
    producers: fc
      .tuple(producerWorkload(version), configOf('producer', version))
      .map(([workload, config]) => [{ id: 'producer-1', group: 'p', topic: 'Orders', ...workload, config }]),
    consumers: fc
      .tuple(consumerWorkload, configOf('consumer', version), reading(version))
      .map(([workload, config, how]) => [
        { id: 'consumer-1', group: 'g', topic: 'Orders', database: 'db', ...how, ...workload, config },
      ]),
    databases: fc
      .record({ capacityPerSecond: maybe(positive(9_000)) })
      .map((workload) => [{ id: 'db', ...workload }]),
    actions: actionsOf(version),
  }),
);

describe('reading what was written', () => {
  it('gives the same scenario, for any file', () => {
    fc.assert(
      fc.property(anyFile, (source) => {
        const { scenario, notes } = accepted(source);
        const text = JSON.stringify(serializeScenario(scenario));
        const again = accepted(text);
        expect(again.scenario).toEqual(scenario);
        expect(again.notes.length).toBeLessThanOrEqual(notes.length);
        expect(JSON.stringify(serializeScenario(again.scenario))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });
});
