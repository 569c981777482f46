import { describe, expect, it } from 'vitest';
import { file, refused } from './scenario.fixture';

const act = (...actions: unknown[]) =>
  file({ actions: actions.map((action) => ({ at: '1s', ...(action as object) })) });
const broker = (more: object) => ({ id: 'broker-a:0', brokerName: 'broker-a', ...more });
const producer = (more: object) =>
  file({ producers: [{ id: 'producer-1', group: 'g', topic: 'Orders', ...more }] });
const consumer = (more: object) =>
  file({ consumers: [{ id: 'consumer-1', group: 'g', topic: 'Orders', ...more }] });
const many = (count: number, make: (i: number) => unknown) =>
  Array.from({ length: count }, (_, i) => make(i));

/** What is wrong → [the file, the path, what was expected, the remedy]. */
const REFUSALS: Readonly<Record<string, readonly [unknown, string, string, string?]>> = {
  'an unknown top-level key': [
    file({ topic: [] }),
    'topic',
    'one of format, model',
    'Did you mean `topics`?',
  ],
  'an unknown nested key': [
    file({ environment: { disk: { fsincMs: 1 } } }),
    'environment.disk.fsincMs',
    'one of fsyncMs',
    'Did you mean `fsyncMs`?',
  ],
  'an unknown key of an action': [
    act({ do: 'kill', target: 'ns-1', failur: 'power' }),
    'actions[0].failur',
    'one of do, at',
    'Did you mean `failure`?',
  ],
  'a misspelt key before the one that is missing': [
    file({ brokers: [{ id: 'b', brokerNam: 'b' }] }),
    'brokers[0].brokerNam',
    'one of id',
    'Did you mean `brokerName`?',
  ],
  'a missing field': [file({ brokers: [{ id: 'b' }] }), 'brokers[0].brokerName', 'an id'],
  'a version of another product': [file({ productVersion: '6.0' }), 'productVersion', 'one of "5.3", "4.9"'],
  'a negative seed': [file({ seed: -1 }), 'seed', 'an integer from 0 to 4294967295'],
  'a seed beyond 32 bits': [file({ seed: 4_294_967_296 }), 'seed', 'an integer from 0 to 4294967295'],
  'a fraction for an integer': [file({ seed: 0.5 }), 'seed', 'an integer'],
  'a huge latency': [
    file({ environment: { network: { latencyMs: 1e12 } } }),
    'environment.network.latencyMs',
    'a number from 0 to 600000',
  ],
  'less than a microsecond': [
    file({ environment: { network: { latencyMs: 0.0001 } } }),
    'environment.network.latencyMs',
    'at most three decimals',
  ],
  'no cores': [
    file({ environment: { cpu: { cores: 0 } } }),
    'environment.cpu.cores',
    'an integer from 1 to 1024',
  ],
  'a title of one language': [file({ title: { en: 'x' } }), 'title.zh', 'text of at most 200 characters'],
  'a title that is too long': [
    file({ title: { en: 'x'.repeat(201), zh: 'x' } }),
    'title.en',
    'text of at most 200',
  ],
  'a title that turns the writing direction': [
    file({ title: { en: 'ab\u202ecd', zh: 'x' } }),
    'title.en',
    'text of at most 200 characters, without control characters',
  ],
  'a bad id': [file({ nameservers: [{ id: 'a b' }] }), 'nameservers[0].id', 'an id: a letter or digit'],
  'an id that is too long': [file({ nameservers: [{ id: 'a'.repeat(65) }] }), 'nameservers[0].id', 'an id'],
  'HTML for an id': [file({ nameservers: [{ id: '<img src=x>' }] }), 'nameservers[0].id', 'an id'],
  'a bad topic name': [file({ topics: [{ name: 'a.b' }] }), 'topics[0].name', 'a name of 1 to 127 letters'],
  'a topic name that is too long': [
    file({ topics: [{ name: 'a'.repeat(128) }] }),
    'topics[0].name',
    'a name of 1 to 127',
  ],
  'a group name that is too long': [
    consumer({ group: 'a'.repeat(256) }),
    'consumers[0].group',
    'a name of 1 to 255',
  ],
  'a process id twice': [
    file({ nameservers: [{ id: 'producer-1' }] }),
    'producers[0].id',
    'an id that is used once',
    'Choose another id: it already names a name server',
  ],
  'a host id that names a process': [
    file({ environment: { hosts: [{ id: 'ns-1' }] } }),
    'nameservers[0].id',
    'an id that is used once',
    'Choose another id: it already names a host',
  ],
  'an added process that is there already': [
    act({ do: 'add', nameserver: { id: 'ns-1' } }),
    'actions[0].nameserver.id',
    'an id that is used once',
    'Choose another id: it already names a name server',
  ],
  'an id that is a role': [
    file({ nameservers: [{ id: 'metadata' }] }),
    'nameservers[0].id',
    'an id that is used once',
    'This word names a role; choose another id',
  ],
  'a topic twice': [
    file({ topics: [{ name: 'Orders' }, { name: 'Orders' }] }),
    'topics[1].name',
    'a topic name that is not taken',
    'Declare a topic once; change it by alterTopic',
  ],
  'a topic created twice': [
    act({ do: 'createTopic', topic: { name: 'Orders' } }),
    'actions[0].topic.name',
    'a topic name that is not taken',
    'Declare a topic once; change it by alterTopic',
  ],
  'a topic of the system': [
    file({ topics: [{ name: 'TBW102' }] }),
    'topics[0].name',
    'a topic name that is not taken',
    'The product keeps this name for itself',
  ],
  'a topic on an unknown broker': [
    file({ topics: [{ name: 'Orders', brokers: ['broker-b'] }] }),
    'topics[0].brokers[0]',
    'a brokerName',
    'Did you mean "broker-a"?',
  ],
  'a topic on a broker twice': [
    file({ topics: [{ name: 'Orders', brokers: ['broker-a', 'broker-a'] }] }),
    'topics[0].brokers[1]',
    'each broker name once',
  ],
  'an unknown host': [
    file({ brokers: [broker({ host: 'rack' })] }),
    'brokers[0].host',
    'an id of environment.hosts',
    'The file declares none',
  ],
  'a link to an unknown process': [
    file({ environment: { links: [{ between: ['ns-1', 'broker-a:2'] }] } }),
    'environment.links[0].between[1]',
    'the id of a name server, a controller, a broker',
    'Did you mean "broker-a:0"?',
  ],
  'a link of a role': [
    file({ environment: { links: [{ between: ['ns-1', 'leaderOf:busiest'] }] } }),
    'environment.links[0].between[1]',
    'the id of a name server',
    'There are: ns-1, broker-a:0, broker-a:1, producer-1, consumer-1',
  ],
  'a link to itself': [
    file({ environment: { links: [{ between: ['ns-1', 'ns-1'] }] } }),
    'environment.links[0].between',
    'two different processes',
  ],
  'a link twice': [
    file({
      environment: { links: [{ between: ['ns-1', 'broker-a:0'] }, { between: ['broker-a:0', 'ns-1'] }] },
    }),
    'environment.links[1].between',
    'each pair once',
  ],
  'a link with one end': [
    file({ environment: { links: [{ between: ['ns-1'] }] } }),
    'environment.links[0].between',
    'a list of two ids',
  ],
  'two drivers of a workload': [
    producer({ ratePerSecond: 1, threads: 2 }),
    'producers[0]',
    'exactly one of `ratePerSecond`, `profile`, `threads`',
  ],
  'a profile out of order': [
    producer({
      profile: [
        { from: '2s', rate: 1 },
        { from: '1s', rate: 2 },
      ],
    }),
    'producers[0].profile[1].from',
    'a later time than that of the step before',
  ],
  'an empty profile': [producer({ profile: [] }), 'producers[0].profile', 'a list of 1 to 256 entries'],
  'a mode that is none': [
    producer({ mode: 'transactional' }),
    'producers[0].mode',
    'one of "sync", "async", "oneway", "transaction"',
    'Did you mean "transaction"?',
  ],
  'a local transaction without outcomes': [
    producer({ localTransaction: { outcomes: [] } }),
    'producers[0].localTransaction.outcomes',
    'a list of 1 to 256 entries',
  ],
  'an outcome that is none': [
    producer({ localTransaction: { outcomes: ['commit', 'truth'] } }),
    'producers[0].localTransaction.outcomes[1]',
    'one of "commit", "rollback", "unknown", "exception"',
  ],
  'a local transaction in an unknown database': [
    producer({ localTransaction: { database: 'order-db' } }),
    'producers[0].localTransaction.database',
    'an id of databases',
    'Did you mean "orders-db"?',
  ],
  'a property that takes no values': [
    producer({ properties: { region: [] } }),
    'producers[0].properties.region',
    'a list of 1 to 256 entries',
  ],
  'a property that is a number': [
    producer({ properties: { amount: [50] } }),
    'producers[0].properties.amount[0]',
    'text of at most 128 characters',
  ],
  'a property of the system': [
    producer({ properties: { TAGS: ['A'] } }),
    'producers[0].properties.TAGS',
    'a property name',
    'The product keeps this name for itself',
  ],
  'a blank property value': [
    producer({ properties: { region: ['EU', ' '] } }),
    'producers[0].properties.region[1]',
    'a value that is not blank',
  ],
  'a subscription group listed twice': [
    file({ subscriptionGroups: [{ name: 'g' }, { name: 'g' }] }),
    'subscriptionGroups[1].name',
    'a group that is not listed above',
  ],
  'a batch of nothing': [producer({ batch: 0 }), 'producers[0].batch', 'an integer from 1 to 1000'],
  'a filter with a single bar': [
    consumer({ filter: 'TagA | TagB' }),
    'consumers[0].filter',
    'tags of 1 to 128 characters',
    'Write "TagA || TagB", or "*" for all',
  ],
  'a filter of nothing but bars': [
    consumer({ filter: '||' }),
    'consumers[0].filter',
    'tags of 1 to 128 characters',
    'Write "TagA || TagB", or "*" for all',
  ],
  'a filter that is no filter': [consumer({ filter: 5 }), 'consumers[0].filter', '"*", tags such as'],
  'an SQL filter without SQL': [
    consumer({ filter: { sql: ' ' } }),
    'consumers[0].filter.sql',
    'a condition such as',
  ],
  'an SQL filter that is too long': [
    consumer({ filter: { sql: 'a'.repeat(1_025) } }),
    'consumers[0].filter.sql',
    'text of at most 1024 characters',
  ],
  'a group of settings with an unknown key': [
    file({ subscriptionGroups: [{ name: 'g', config: { retryMaxTime: 3 } }] }),
    'subscriptionGroups[0].config.retryMaxTime',
    'a key of SubscriptionGroupConfig',
    'Did you mean `retryMaxTimes`?',
  ],
  'pop consumption before version 5': [
    file({ productVersion: '4.9', consumers: [{ id: 'c', group: 'g', topic: 'Orders', protocol: 'pop' }] }),
    'consumers[0].protocol',
    'a part of RocketMQ 4.9',
    'Remove it, or set `productVersion` to "5.3"',
  ],
  'a client of version 5 before version 5': [
    file({ productVersion: '4.9', consumers: [{ id: 'c', group: 'g', topic: 'Orders', protocol: 'grpc' }] }),
    'consumers[0].protocol',
    'a part of RocketMQ 4.9',
    'Remove it, or set `productVersion` to "5.3"',
  ],
  'timer messages before version 5': [
    file({
      productVersion: '4.9',
      producers: [{ id: 'p', group: 'g', topic: 'Orders', timerDelayMs: 1_000 }],
    }),
    'producers[0].timerDelayMs',
    'a part of RocketMQ 4.9',
    'Remove it, or set `productVersion` to "5.3"',
  ],
  'controllers before version 5': [
    file({ productVersion: '4.9', controllers: [{ id: 'c-1' }] }),
    'controllers[0]',
    'a part of RocketMQ 4.9',
    'Remove it, or set `productVersion` to "5.3"',
  ],
  'a chance above one': [
    consumer({ failureRate: [2, 1] }),
    'consumers[0].failureRate',
    'a chance [a, b]',
    'One in ten is [1, 10]',
  ],
  'a chance of nothing': [
    consumer({ failureRate: [0, 0] }),
    'consumers[0].failureRate',
    'a chance [a, b]',
    'One in ten is [1, 10]',
  ],
  'a chance as a fraction': [
    consumer({ failureRate: 0.1 }),
    'consumers[0].failureRate',
    'a chance [a, b]',
    'One in ten is [1, 10]',
  ],
  'a negative chance': [
    consumer({ failureRate: [-1, 2] }),
    'consumers[0].failureRate[0]',
    'a chance [a, b]',
    'One in ten is [1, 10]',
  ],
  'an unknown database': [
    consumer({ database: 'order-db' }),
    'consumers[0].database',
    'an id of databases',
    'Did you mean "orders-db"?',
  ],
  'an idempotent consumer without a database': [
    consumer({ idempotent: 'uniqueKey' }),
    'consumers[0].database',
    'an id of databases',
    '`idempotent`: "uniqueKey" keeps its marks in a database; name one',
  ],
  'a tag with a bar': [producer({ tags: ['A||B'] }), 'producers[0].tags[0]', 'a tag of 1 to 128 characters'],
  'a config that is no object': [
    file({ brokers: [broker({ config: [] })] }),
    'brokers[0].config',
    'an object in braces',
  ],
  'too many processes': [
    file({ nameservers: many(61, (i) => ({ id: `n${i}` })) }),
    '$',
    'at most 64 name servers, controllers, brokers, producers, consumers and databases',
  ],
  'too many processes of one kind': [
    file({ nameservers: many(65, (i) => ({ id: `n${i}` })) }),
    'nameservers',
    'a list of 0 to 64 entries',
  ],
  'too many topics': [
    file({
      topics: many(64, (i) => ({ name: `T${i}`, queues: 1 })),
      actions: [{ at: '1s', do: 'createTopic', topic: { name: 'More' } }],
    }),
    'topics',
    'at most 64 topics',
  ],
  'too many queues': [
    file({
      topics: [
        { name: 'Orders', queues: 1_000 },
        { name: 'More', queues: 25 },
      ],
    }),
    'topics',
    'at most 1024 queues',
  ],
  'too many queues by alteration': [
    file({
      topics: many(2, (i) => ({ name: `T${i}`, queues: 600 })).slice(0, 1),
      actions: many(1, () => ({ at: '1s', do: 'createTopic', topic: { name: 'U', queues: 600 } })),
    }),
    'topics',
    'at most 1024 queues',
  ],
  'too many actions': [
    file({ actions: many(10_001, () => ({ at: '1s', do: 'restart', target: 'ns-1' })) }),
    'actions',
    'a list of 0 to 10000 entries',
  ],
};

describe('a file is refused whole for', () => {
  it.each(Object.entries(REFUSALS))('%s', (_, [source, path, expected, remedy]) => {
    const problem = refused(source);
    expect(problem.path).toBe(path);
    expect(problem.expected).toContain(expected);
    expect(problem.remedy).toBe(remedy);
    expect(problem.message.en.length).toBeGreaterThan(10);
    expect(problem.message.zh).toMatch(/\p{Script=Han}/u);
    expect(problem.message.zh).not.toMatch(/undefined|[,;!?]$/);
  });
});
