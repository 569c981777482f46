import { describe, expect, it } from 'vitest';
import { brokerDefaults, CONFIG_TABLES, consumerDefaults, namesrvDefaults, producerDefaults } from './config';
import { KEYS_NOT_MODELLED } from './rocketmq-other-keys';
import { accepted, file, refused } from './scenario.fixture';

const withBroker = (config: unknown, more = {}) =>
  file({ brokers: [{ id: 'broker-a:0', brokerName: 'broker-a', config }], ...more });
const withProducer = (config: unknown, more = {}) =>
  file({ producers: [{ id: 'producer-1', group: 'g', topic: 'Orders', config }], ...more });
const withConsumer = (config: unknown, more = {}) =>
  file({ consumers: [{ id: 'consumer-1', group: 'g', topic: 'Orders', config }], ...more });

describe('defaults', () => {
  it('are those of 5.3', () => {
    expect(brokerDefaults('5.3', { cores: 8 })).toMatchObject({
      flushDiskType: 'ASYNC_FLUSH',
      brokerRole: 'ASYNC_MASTER',
      syncFlushTimeout: 5_000,
      inSyncReplicas: 1,
      registerBrokerTimeoutMills: 24_000,
      sendMessageThreadPoolNums: 4,
      pullMessageThreadPoolNums: 32,
      defaultTopicQueueNums: 8,
    });
    expect(producerDefaults('5.3')).toMatchObject({
      retryTimesWhenSendFailed: 2,
      sendMsgTimeout: 3_000,
      defaultTopicQueueNums: 4,
    });
    expect(consumerDefaults('5.3')).toMatchObject({
      consumeThreadMin: 20,
      maxReconsumeTimes: -1,
      pullBatchSize: 32,
    });
    expect(namesrvDefaults('5.3').scanNotActiveBrokerInterval).toBe(5_000);
  });

  it('[VC-1] differ where 4.9 differs', () => {
    expect(namesrvDefaults('4.9').scanNotActiveBrokerInterval).toBe(10_000);
    expect(brokerDefaults('4.9', { cores: 2 })).toMatchObject({
      registerBrokerTimeoutMills: 6_000,
      readUnCommitted: true,
      sendMessageThreadPoolNums: 2,
      pullMessageThreadPoolNums: 20,
    });
    expect(consumerDefaults('4.9').enableHeartbeatChannelEventListener).toBe(false);
  });

  it('fill every key that a file leaves out', () => {
    const { scenario } = accepted(withBroker({ flushDiskType: 'SYNC_FLUSH' }));
    expect(scenario.brokers[0]!.config).toEqual({
      ...brokerDefaults('5.3', { cores: 8 }),
      flushDiskType: 'SYNC_FLUSH',
    });
  });
});

describe('refused keys', () => {
  it('names a misspelt key and the nearest one', () => {
    const problem = refused(withBroker({ flushDiskTyp: 'SYNC_FLUSH' }));
    expect(problem).toMatchObject({
      path: 'brokers[0].config.flushDiskTyp',
      remedy: 'Did you mean `flushDiskType`?',
      zh: { expected: expect.stringMatching(/ 的键$/), remedy: '是不是 `flushDiskType`？' },
    });
    expect(problem.message.en).toBe(
      'unknown key `flushDiskTyp` at brokers[0].config. Did you mean `flushDiskType`?',
    );
    expect(problem.message.zh).toBe(
      'brokers[0].config 中有未知的键 `flushDiskTyp`。是不是 `flushDiskType`？',
    );
  });

  it('says where the keys are listed when none is near', () => {
    expect(refused(withBroker({ bananas: 1 })).remedy).toBe('The user documentation lists the modelled keys');
  });

  it('tells a real key that is not modelled from an unknown one', () => {
    const problem = refused(withBroker({ mappedFileSizeConsumeQueueExt: 50_331_648 }));
    expect(problem.path).toBe('brokers[0].config.mappedFileSizeConsumeQueueExt');
    expect(problem.message.en).toContain(
      '`mappedFileSizeConsumeQueueExt` is a real key of MessageStoreConfig, but this playground does not model it (',
    );
    expect(problem.remedy).toBe('Remove it');
  });

  it('sends a key that has a place of its own there', () => {
    expect(refused(withBroker({ brokerId: 1 })).remedy).toBe('Write `brokerId` beside `config`');
    expect(refused(withBroker({ controllerAddr: 'c:19876' })).remedy).toContain('Write `controllers`');
    expect(refused(withConsumer({ clientRebalance: false })).remedy).toContain('"protocol": "pop"');
    expect(refused(withConsumer({ messageModel: 'BROADCASTING' })).remedy).toBe(
      'Write `messageModel` beside `config`',
    );
  });

  it('sends a key of another role to that role', () => {
    const problem = refused(withProducer({ flushDiskType: 'SYNC_FLUSH' }));
    expect(problem.path).toBe('producers[0].config.flushDiskType');
    expect(problem.remedy).toBe('Write it in the config of a broker');
  });

  it('refuses a key that the version does not have', () => {
    const problem = refused(withBroker({ inSyncReplicas: 2 }, { productVersion: '4.9' }));
    expect(problem.path).toBe('brokers[0].config.inSyncReplicas');
    expect(problem.remedy).toBe('Remove it, or set `productVersion` to "5.3"');
    expect(refused(withBroker({ haSlaveFallbehindMax: 1 })).remedy).toContain('"4.9"');
  });
});

describe('refused values', () => {
  it.each([
    [
      withBroker({ flushDiskType: 'SYNC' }),
      'brokers[0].config.flushDiskType',
      'one of ASYNC_FLUSH, SYNC_FLUSH',
    ],
    [
      withBroker({ syncFlushTimeout: '5000' }),
      'brokers[0].config.syncFlushTimeout',
      'an integer from 1 to 2147483647',
    ],
    [
      withBroker({ syncFlushTimeout: -1 }),
      'brokers[0].config.syncFlushTimeout',
      'an integer from 1 to 2147483647',
    ],
    [
      withBroker({ syncFlushTimeout: 1e300 }),
      'brokers[0].config.syncFlushTimeout',
      'an integer from 1 to 2147483647',
    ],
    [
      withBroker({ syncFlushTimeout: 1.5 }),
      'brokers[0].config.syncFlushTimeout',
      'an integer from 1 to 2147483647',
    ],
    [withBroker({ slaveReadEnable: 'true' }), 'brokers[0].config.slaveReadEnable', 'true / false'],
    [withBroker({ brokerPermission: 5 }), 'brokers[0].config.brokerPermission', 'one of 2, 4, 6'],
    [withBroker({ messageDelayLevel: '1s 5x' }), 'brokers[0].config.messageDelayLevel', 'text like "1s 5s'],
    [withBroker({ slaveTimeout: null }), 'brokers[0].config.slaveTimeout', 'an integer'],
    [withBroker({ slaveTimeout: { a: 1 } }), 'brokers[0].config.slaveTimeout', 'an integer'],
    [
      withConsumer({ pullBatchSize: 1_025 }),
      'consumers[0].config.pullBatchSize',
      'an integer from 1 to 1024',
    ],
    [
      withConsumer({ pullThresholdForTopic: 0 }),
      'consumers[0].config.pullThresholdForTopic',
      'or -1 for off',
    ],
    [
      withConsumer({ consumeThreadMin: 64 }),
      'consumers[0].config.consumeThreadMin',
      'at most consumeThreadMax',
    ],
    [
      withProducer({ retryTimesWhenSendFailed: 1e9 }),
      'producers[0].config.retryTimesWhenSendFailed',
      'to 1000',
    ],
  ])('refuses case %# at its path', (source, path, expected) => {
    const problem = refused(source);
    expect(problem.path).toBe(path);
    expect(problem.expected).toContain(expected);
  });

  it('gives a remedy for quotes and for typing mistakes', () => {
    expect(refused(withBroker({ syncFlushTimeout: '5000' })).remedy).toBe('Write the value without quotes');
    expect(refused(withBroker({ flushDiskType: 'SYNC_FLUSHH' })).remedy).toBe('Did you mean "SYNC_FLUSH"?');
    expect(refused(withConsumer({ consumeThreadMin: 64 })).remedy).toContain('Raise consumeThreadMax too');
  });

  it('accepts "off" beside the range', () => {
    const { scenario } = accepted(withConsumer({ pullThresholdForTopic: 1, maxReconsumeTimes: -1 }));
    expect(scenario.consumers[0]!.config.pullThresholdForTopic).toBe(1);
  });
});

describe('the tables', () => {
  const modelled = new Set(Object.values(CONFIG_TABLES).flatMap((table) => Object.keys(table)));

  it('never list a modelled key as not modelled', () => {
    const others = Object.values(KEYS_NOT_MODELLED).flatMap((text) => text.split(/\s+/));
    expect(others.filter((key) => modelled.has(key))).toEqual([]);
  });

  it('hold defaults inside their own ranges', () => {
    for (const table of Object.values(CONFIG_TABLES)) {
      for (const [key, spec] of Object.entries(table)) {
        for (const value of [spec.default5, spec.default4]) {
          const number = typeof value === 'function' ? value({ cores: 1 }) : value;
          if (typeof number !== 'number' || number === spec.off) continue;
          expect(number, key).toBeGreaterThanOrEqual(spec.min);
          expect(number, key).toBeLessThanOrEqual(spec.max);
        }
      }
    }
  });
});
