import { describe, expect, it } from 'vitest';
import { CONFIG_TABLES } from './config';
import { describeConfigChange } from './describe-config-change';

it('gives a broker its line and its command', () => {
  expect(describeConfigChange('broker', 'slaveReadEnable', true)).toEqual({
    conf: 'slaveReadEnable=true',
    mqadmin: 'mqadmin updateBrokerConfig -b <addr> -k slaveReadEnable -v true',
    code: null,
    needsRestart: false,
  });
});

it('gives a name server its own command', () => {
  expect(describeConfigChange('nameserver', 'deleteTopicWithBrokerRegistration', true).mqadmin).toBe(
    'mqadmin updateNamesrvConfig -n <addr> -k deleteTopicWithBrokerRegistration -v true',
  );
});

it.each(['brokerRole', 'flushDiskType', 'registerNameServerPeriod'])('%s waits for a restart', (key) => {
  expect(describeConfigChange('broker', key, 'x').needsRestart).toBe(true);
});

it('quotes a value that a shell would split', () => {
  expect(describeConfigChange('broker', 'messageDelayLevel', '1s 5s').mqadmin).toMatch(/-v '1s 5s'$/);
});

describe('clients', () => {
  it.each([
    ['producer', 'retryTimesWhenSendFailed', 2, 'producer.setRetryTimesWhenSendFailed(2);'],
    ['producer', 'createTopicKey', 'TBW102', 'producer.setCreateTopicKey("TBW102");'],
    ['producer', 'sendLatencyFaultEnable', true, 'producer.setSendLatencyFaultEnable(true);'],
    [
      'consumer',
      'consumeFromWhere',
      'CONSUME_FROM_FIRST_OFFSET',
      'consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);',
    ],
    [
      'consumer',
      'allocateMessageQueueStrategy',
      'CONSISTENT_HASH',
      'consumer.setAllocateMessageQueueStrategy(new AllocateMessageQueueConsistentHash());',
    ],
    ['consumer', 'connectTimeoutMillis', 500, '-Dcom.rocketmq.remoting.client.connect.timeout=500'],
  ] as const)('%s: %s', (role, key, value, code) => {
    expect(describeConfigChange(role, key, value)).toMatchObject({ conf: null, mqadmin: null, code });
  });
});

it('refuses a key of another role', () => {
  expect(() => describeConfigChange('producer', 'brokerRole', 'SLAVE')).toThrow(RangeError);
});

it('has a class for each strategy of the table', () => {
  for (const value of CONFIG_TABLES.consumer.allocateMessageQueueStrategy!.values!) {
    expect(describeConfigChange('consumer', 'allocateMessageQueueStrategy', value).code).not.toContain(
      'undefined',
    );
  }
});
