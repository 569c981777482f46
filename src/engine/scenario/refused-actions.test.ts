import { describe, expect, it } from 'vitest';
import { file, refused } from './scenario.fixture';

const act = (...actions: unknown[]) =>
  file({ actions: actions.map((action) => ({ at: '1s', ...(action as object) })) });

/** What is wrong → [the file, the path, what was expected, the remedy]. */
const REFUSALS: Readonly<Record<string, readonly [unknown, string, string, string?]>> = {
  'an unknown target': [
    act({ do: 'kill', target: 'broker-a:9' }),
    'actions[0].target',
    'the id of a name server, a controller, a broker, a producer or a consumer',
    'Did you mean "broker-a:0"?',
  ],
  'a target of the wrong kind': [
    act({ do: 'pause', target: 'broker-a:0' }),
    'actions[0].target',
    'the id of a producer or a consumer',
    'There are: producer-1, consumer-1',
  ],
  'an unknown action': [
    act({ do: 'kil', target: 'ns-1' }),
    'actions[0].do',
    'one of "set", "send", "kill"',
    'Did you mean "kill"?',
  ],
  'dead letters of nobody': [
    act({ do: 'resendDeadLetters', group: 'order-servic' }),
    'actions[0].group',
    'the group of a consumer',
    'Did you mean "order-service"?',
  ],
  'a group that is left as it is': [
    act({ do: 'alterGroup', group: 'order-service', config: {} }),
    'actions[0].config',
    'a `config` with a change',
  ],
  'a key that a group has not': [
    act({ do: 'alterGroup', group: 'order-service', config: { flushDiskType: 'SYNC_FLUSH' } }),
    'actions[0].config.flushDiskType',
    'a key of SubscriptionGroupConfig',
    'Write it in the config of a broker',
  ],
  'a controller that comes later': [
    act({ do: 'add', controller: { id: 'c-1' } }),
    'actions[0].controller',
    'one of do, at',
  ],
  'an action without a moment': [
    file({ actions: [{ do: 'restart', target: 'ns-1' }] }),
    'actions[0]',
    'exactly one of `at`, `afterStep`',
  ],
  'an action with two moments': [
    file({ actions: [{ at: '1s', afterStep: 2, do: 'restart', target: 'ns-1' }] }),
    'actions[0]',
    'exactly one of `at`, `afterStep`',
  ],
  'a time without a unit': [
    file({ actions: [{ at: 5, do: 'restart', target: 'ns-1' }] }),
    'actions[0].at',
    'a time such as "5s" or "400ms"',
    'Write a number with a unit, in quotes: us, ms, s, m or h',
  ],
  'a number in quotes without a unit': [
    file({ actions: [{ at: '5', do: 'restart', target: 'ns-1' }] }),
    'actions[0].at',
    'a time such as',
    'Write a number with a unit, in quotes: us, ms, s, m or h',
  ],
  'a step that is no integer': [
    file({ actions: [{ afterStep: 1.5, do: 'restart', target: 'ns-1' }] }),
    'actions[0].afterStep',
    'an integer from 0',
  ],
  'an action that is no object': [file({ actions: ['kill'] }), 'actions[0]', 'an action'],
  'a failure of another kind': [
    act({ do: 'kill', target: 'ns-1', failure: 'proces' }),
    'actions[0].failure',
    'one of "process", "power", "disk"',
    'Did you mean "process"?',
  ],
  'a set that changes nothing': [
    act({ do: 'set', target: 'broker-a:0' }),
    'actions[0]',
    'a `config` or a `workload`',
  ],
  'a set with an unknown key': [
    act({ do: 'set', target: 'broker-a:0', config: { flushDiskTyp: 'SYNC_FLUSH' } }),
    'actions[0].config.flushDiskTyp',
    'a key of BrokerConfig',
    'Did you mean `flushDiskType`?',
  ],
  'a set with an unknown part of the workload': [
    act({ do: 'set', target: 'producer-1', workload: { ratePerSecnd: 1 } }),
    'actions[0].workload.ratePerSecnd',
    'one of mode, localTransaction, ratePerSecond',
    'Did you mean `ratePerSecond`?',
  ],
  'a workload for a server': [
    act({ do: 'set', target: 'broker-a:0', workload: { ratePerSecond: 1 } }),
    'actions[0].workload',
    '`config`: a server has no workload',
  ],
  'a config for a database': [
    act({ do: 'set', target: 'orders-db', config: { a: 1 } }),
    'actions[0].config',
    '`workload`: a database has no config',
  ],
  'a slow processor with an fsync': [
    act({ do: 'slow', part: 'cpu', target: 'ns-1', fsyncMs: 5 }),
    'actions[0].fsyncMs',
    'one of target, factor',
  ],
  'a slow disk without a measure': [
    act({ do: 'slow', part: 'disk', target: 'ns-1' }),
    'actions[0]',
    'exactly one of `factor`, `fsyncMs`',
  ],
  'a slow network with two places': [
    act({ do: 'slow', part: 'network', target: 'ns-1', between: ['ns-1', 'broker-a:0'], factor: 2 }),
    'actions[0]',
    'exactly one of `target`, `between`',
  ],
  'a factor of zero': [
    act({ do: 'slow', part: 'disk', target: 'ns-1', factor: 0 }),
    'actions[0].factor',
    'a number from 0.001',
  ],
  'an add of nothing': [
    act({ do: 'add' }),
    'actions[0]',
    'exactly one of `nameserver`, `broker`, `producer`, `consumer`',
  ],
  'a reset of an unknown group': [
    act({ do: 'resetOffset', group: 'order-servic', topic: 'Orders', to: 'latest' }),
    'actions[0].group',
    'the group of a consumer',
    'Did you mean "order-service"?',
  ],
  'a reset of an unknown topic': [
    act({ do: 'resetOffset', group: 'order-service', topic: 'Order', to: 'latest' }),
    'actions[0].topic',
    'a topic of the scenario',
    'Did you mean "Orders"?',
  ],
  'a reset to a time that is not given': [
    act({ do: 'resetOffset', group: 'order-service', topic: 'Orders', to: 'time' }),
    'actions[0].time',
    '`time` exactly when `to` is "time"',
  ],
  'a reset with an offset that is not used': [
    act({ do: 'resetOffset', group: 'order-service', topic: 'Orders', to: 'latest', offset: 3 }),
    'actions[0].offset',
    '`offset` exactly when `to` is "offset"',
  ],
  'an alteration of nothing': [
    act({ do: 'alterTopic', topic: 'Orders' }),
    'actions[0]',
    '`queues`, `brokers`, `order` or `config`',
  ],
};

describe('a file is refused whole for an action:', () => {
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
