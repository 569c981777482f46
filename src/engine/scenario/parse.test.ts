import { describe, expect, it } from 'vitest';
import { SAMPLE } from './sample.fixture';
import { accepted, file, refused } from './scenario.fixture';

const act = (...actions: unknown[]) =>
  file({ actions: actions.map((action) => ({ at: '1s', ...(action as object) })) });

describe('a file that is accepted', () => {
  it('may be the example of the documentation, as text or parsed', () => {
    const { scenario, notes } = accepted(JSON.stringify(SAMPLE));
    expect(accepted(SAMPLE).scenario).toEqual(scenario);
    expect(notes).toEqual([]);
    expect(scenario.environment.network).toEqual({
      latencyUs: 250,
      jitterUs: 50,
      bandwidthBytesPerSecond: 1e9,
    });
    expect(scenario.environment.disk).toMatchObject({
      fsyncUs: 4_000,
      fileSwitchUs: 100,
      capacityBytes: 5e11,
    });
    expect(scenario.environment.links[0]).toEqual({
      between: ['broker-a:0', 'broker-a:1'],
      latencyUs: 100_000,
      jitterUs: 50,
      bandwidthBytesPerSecond: 1e8,
    });
    expect(scenario.brokers.map(({ host }) => host)).toEqual(['broker-a:0', 'host-1']);
    expect(scenario.actions.map(({ do: deed }) => deed)).toEqual(SAMPLE.actions.map(({ do: deed }) => deed));
    expect(scenario.actions[0]).toEqual({
      atUs: 5_000_000,
      afterStep: null,
      do: 'set',
      target: 'broker-a:0',
      config: { flushDiskType: 'SYNC_FLUSH' },
      workload: {},
    });
    expect(scenario.actions.find(({ afterStep }) => afterStep !== null)).toMatchObject({
      atUs: null,
      afterStep: 48_211,
    });
  });

  it('may leave out all that has a default', () => {
    const { scenario } = accepted({ format: 'mq-playground/scenario@1', product: 'rocketmq' });
    expect(scenario).toEqual({
      model: 1,
      title: { en: 'Untitled scenario', zh: '未命名场景' },
      product: 'rocketmq',
      productVersion: '5.3',
      seed: 1,
      start: 'warm',
      phases: 'seeded',
      environment: {
        network: { latencyUs: 250, jitterUs: 50, bandwidthBytesPerSecond: 1e9 },
        disk: {
          fsyncUs: 4_000,
          sequentialBytesPerSecond: 5e8,
          fileSwitchUs: 100,
          dirtyBytes: 1_024e6,
          dirtyExpireUs: 0,
          capacityBytes: 5e11,
        },
        memory: { pageCacheBytes: 1_024e6 },
        cpu: { cores: 8 },
        hosts: [],
        links: [],
      },
      nameservers: [],
      controllers: [],
      brokers: [],
      topics: [],
      subscriptionGroups: [],
      producers: [],
      consumers: [],
      databases: [],
      actions: [],
    });
  });

  it('fills in processes, topics and databases', () => {
    const { scenario } = accepted(file({ topics: [{ name: 'Orders' }] }));
    expect(scenario.topics[0]).toEqual({
      name: 'Orders',
      queues: 8,
      order: false,
      brokers: ['broker-a'],
      config: { readQueueNums: 8, writeQueueNums: 8, perm: 6 },
    });
    expect(scenario.producers[0]).toMatchObject({
      host: 'producer-1',
      mode: 'sync',
      load: { kind: 'rate', ratePerSecond: 20 },
      messages: null,
      bodyBytes: 1_024,
      keys: null,
      queueSelector: 'roundRobin',
      tags: [],
    });
    expect(scenario.consumers[0]).toMatchObject({
      filter: { kind: 'tags', tags: [] },
      messageModel: 'CLUSTERING',
      listener: 'concurrently',
      protocol: 'remoting',
      processingUs: 10_000,
      failureRate: [0, 1],
      poisonKeys: [],
      idempotent: 'none',
      dedupeTtlUs: 3_600_000_000,
      database: null,
    });
    expect(scenario.databases[0]).toEqual({ id: 'orders-db', capacityPerSecond: 2_000, latencyUs: 2_000 });
  });

  it('keeps actions in file order, whatever their times', () => {
    const { scenario } = accepted(
      file({
        actions: [
          { at: '9s', do: 'restart', target: 'ns-1' },
          { at: '1s', do: 'pause', target: 'consumer-1' },
        ],
      }),
    );
    expect(scenario.actions.map(({ atUs }) => atUs)).toEqual([9_000_000, 1_000_000]);
  });

  it('may name roles instead of processes in actions', () => {
    const { scenario } = accepted(
      act(
        { do: 'kill', target: 'leaderOf:busiest' },
        { do: 'restart', target: 'replicaOf:busiest' },
        { do: 'freeze', target: 'metadata', for: '1s' },
        { do: 'pause', target: 'consumer:1' },
        { do: 'set', target: 'leaderOf:busiest', config: { slaveReadEnable: true } },
        { do: 'cut', between: ['leaderOf:busiest', 'replicaOf:busiest'] },
      ),
    );
    expect(scenario.actions).toHaveLength(6);
  });

  it('slows disks, processors, links and all links of a process, and gives them back by factor 1', () => {
    const none = { target: null, between: null, factor: null, fsyncUs: null, latencyUs: null };
    const between = ['ns-1', 'broker-a:0'];
    const { scenario } = accepted(
      act(
        { do: 'slow', part: 'disk', target: 'broker-a:0', fsyncMs: 600 },
        { do: 'slow', part: 'disk', target: 'broker-a:0', factor: 1 },
        { do: 'slow', part: 'cpu', target: 'broker-a:0', factor: 4 },
        { do: 'slow', part: 'network', between, latencyMs: 100 },
        { do: 'slow', part: 'network', target: 'broker-a:0', factor: 10 },
      ),
    );
    expect(scenario.actions.map(({ atUs, afterStep, do: deed, ...slowness }) => slowness)).toEqual([
      { ...none, part: 'disk', target: 'broker-a:0', fsyncUs: 600_000 },
      { ...none, part: 'disk', target: 'broker-a:0', factor: 1 },
      { ...none, part: 'cpu', target: 'broker-a:0', factor: 4 },
      { ...none, part: 'network', between, latencyUs: 100_000 },
      { ...none, part: 'network', target: 'broker-a:0', factor: 10 },
    ]);
  });

  it('takes the power of a shared host', () => {
    const environment = { hosts: [{ id: 'rack' }] };
    const power = { at: '1s', do: 'kill', target: 'rack', failure: 'power' };
    expect(accepted(file({ environment, actions: [power] })).scenario.actions[0]).toMatchObject({
      target: 'rack',
    });
    const problem = refused(file({ environment, actions: [{ ...power, failure: 'process' }] }));
    expect(problem).toMatchObject({ path: 'actions[0].target', found: '"rack", a host' });
  });

  it('changes a workload by the fields that are given, and nothing else', () => {
    const workload = { threads: 20, tags: [], keys: { distinct: 3 } };
    const { scenario } = accepted(act({ do: 'set', target: 'producer-1', workload }));
    expect(scenario.actions[0]).toMatchObject({
      config: {},
      workload: { load: { kind: 'threads', threads: 20 }, tags: [], keys: { distinct: 3, skew: 0 } },
    });
  });
});

describe('the container', () => {
  it.each([
    [{ ...SAMPLE, format: 'mq-playground/scenario@2' }, 'newer version of the playground'],
    [{ ...SAMPLE, format: 'mq-playground/lesson@1' }, 'another kind of file'],
  ])('refuses format case %#', (source, remedy) => {
    const problem = refused(source);
    expect(problem).toMatchObject({ path: 'format', expected: '"mq-playground/scenario@1"' });
    expect(problem.remedy).toContain(remedy);
  });

  it.each([undefined, 1, 'scenario@1', 'mq-playground/scenario@1@1', 'mq-playground/scenario@0'])(
    'refuses the format %j',
    (format) => {
      expect(refused({ ...SAMPLE, format })).toMatchObject({
        path: 'format',
        expected: '"mq-playground/scenario@1"',
      });
    },
  );

  it.each(['[]', '5', 'null', '"x"'])('refuses %s', (text) => {
    expect(refused(text)).toMatchObject({ path: '$', expected: 'a scenario object' });
  });

  it('refuses text that is no JSON with line and column', () => {
    expect(refused('{\n  "format": }').message.en).toContain('line 2, column 13');
  });

  it.each([
    ['kafka', 'kafka is not part of this version'],
    ['direct', 'direct is not part of this version'],
    ['rocketqm', 'Did you mean "rocketmq"?'],
    ['__proto__', undefined],
    [undefined, undefined],
  ])('refuses the product %j', (product, remedy) => {
    const problem = refused(file({ product, partitions: 3 }));
    expect(problem.path).toBe('product');
    expect(problem.expected).toBe('"rocketmq"');
    expect(problem.remedy).toBe(remedy);
  });
});

describe('messages', () => {
  it('say where, what was found, what was expected, and what to do', () => {
    const problem = refused(act({ do: 'kill', target: 'ns-1', failure: 'proces' }));
    expect(problem.message).toEqual({
      en: 'actions[0].failure: found "proces", expected one of "process", "power", "disk". Did you mean "process"?',
      zh: 'actions[0].failure：读到 "proces"，应为 "process"、"power"、"disk" 之一。是不是 "process"？',
    });
  });

  it('show a hostile text shortened and with its invisible characters spelt out', () => {
    const problem = refused(file({ start: `\u202e\u0000${'x'.repeat(500)}` }));
    expect(problem.found).toMatch(/^"\\u202e\\u0000x{20,40}…"$/);
  });

  it('spell unusual keys in a path', () => {
    expect(refused(file({ 'a b': 1 })).path).toBe('["a b"]');
  });
});
