/** Transactions, delays, filters, orderly and pop consumption, controllers and groups, as the file writes them. */
import { describe, expect, it } from 'vitest';
import { accepted, file } from './scenario.fixture';
import { serializeScenario } from './serialize';

const producer = (fields: object) => ({
  producers: [{ id: 'producer-1', group: 'g', topic: 'Orders', ...fields }],
});
const consumer = (fields: object) => ({
  consumers: [{ id: 'consumer-1', group: 'g', topic: 'Orders', ...fields }],
});
const read = (changes: Readonly<Record<string, unknown>>) => accepted(file(changes)).scenario;
const again = (changes: Readonly<Record<string, unknown>>) => serializeScenario(read(changes));

describe('a producer', () => {
  it('[TX-1] has a local transaction that commits and tells the truth, unless the file says otherwise', () => {
    expect(read(producer({ mode: 'transaction' })).producers[0]).toMatchObject({
      mode: 'transaction',
      localTransaction: {
        database: null,
        takesUs: 5_000,
        outcomes: ['commit'],
        answers: ['truth'],
        checkImmunityUs: null,
      },
    });
  });

  it('[SC-1] [SC-8] [PR-14] sends without delay, without properties and one by one', () => {
    expect(read(producer({})).producers[0]).toMatchObject({
      mode: 'sync',
      delayLevel: 0,
      timerDelayUs: null,
      properties: {},
      batch: 1,
    });
  });

  it('may change its mode and all of its messages while it runs', () => {
    const workload = {
      mode: 'transaction',
      localTransaction: {
        database: 'orders-db',
        takesMs: 8.5,
        answers: ['unknown'],
        checkImmunitySeconds: 30,
      },
      delayLevel: 3,
      timerDelayMs: 1_500,
      properties: { region: ['EU', 'US'] },
      batch: 4,
    };
    const actions = [{ at: '1s', do: 'set', target: 'producer-1', workload }];
    expect(read({ actions }).actions[0]).toMatchObject({
      workload: {
        mode: 'transaction',
        localTransaction: {
          database: 'orders-db',
          takesUs: 8_500,
          outcomes: ['commit'],
          answers: ['unknown'],
          checkImmunityUs: 30_000_000,
        },
        delayLevel: 3,
        timerDelayUs: 1_500_000,
        properties: { region: ['EU', 'US'] },
        batch: 4,
      },
    });
    expect(again({ actions }).actions).toEqual(actions);
    expect(again(producer(workload)).producers).toEqual(producer(workload).producers);
  });

  it('sends a message by hand with a delay, properties and an outcome of its own', () => {
    const message = { delayLevel: 3, timerDelayMs: 10, properties: { region: 'EU' }, outcome: 'exception' };
    const actions = [{ at: '1s', do: 'send', target: 'producer-1', message }];
    expect(read({ actions }).actions[0]).toMatchObject({
      message: {
        key: null,
        delayLevel: 3,
        timerDelayUs: 10_000,
        properties: { region: 'EU' },
        outcome: 'exception',
      },
    });
    expect(again({ actions }).actions).toEqual(actions);
  });
});

describe('a filter', () => {
  it.each([
    ['*', []],
    ['', []],
    ['TagA', ['TagA']],
    ['TagA||TagB', ['TagA', 'TagB']],
    [' TagA || 标签 || TagA || ', ['TagA', '标签']],
  ])('[FI-1] reads %s', (filter, tags) => {
    expect(read(consumer({ filter })).consumers[0]!.filter).toEqual({ kind: 'tags', tags });
  });

  it('[FI-5] keeps SQL as it is', () => {
    const filter = { sql: "amount > 100 AND region = 'EU'" };
    expect(read(consumer({ filter })).consumers[0]!.filter).toEqual({ kind: 'sql', expression: filter.sql });
    expect(again(consumer({ filter })).consumers).toMatchObject([{ filter }]);
  });
});

it('[OR-1] [PO-1] writes down orderly and pop consumption', () => {
  const fields = { listener: 'orderly', protocol: 'pop', filter: 'TagA || TagB' };
  expect(read(consumer(fields)).consumers[0]).toMatchObject({ listener: 'orderly', protocol: 'pop' });
  expect(again(consumer(fields)).consumers).toMatchObject([fields]);
});

describe('controllers', () => {
  const controllers = [{ id: 'c-1' }, { id: 'c-2', config: { enableElectUncleanMaster: true } }];

  it('[HA-24] have the defaults of the product', () => {
    expect(read({ controllers }).controllers).toMatchObject([
      {
        id: 'c-1',
        host: 'c-1',
        config: {
          scanNotActiveBrokerInterval: 5_000,
          scanInactiveMasterInterval: 5_000,
          enableElectUncleanMaster: false,
        },
      },
      { id: 'c-2', config: { enableElectUncleanMaster: true } },
    ]);
    expect(again({ controllers }).controllers).toEqual(controllers);
  });

  it('take faults like other processes', () => {
    const actions = [
      { at: '1s', do: 'kill', target: 'c-1', failure: 'power' },
      { at: '2s', do: 'restart', target: 'c-1' },
      { at: '3s', do: 'cut', between: ['c-1', 'broker-a:0'] },
      { at: '4s', do: 'freeze', target: 'c-2', for: '1s' },
      { at: '5s', do: 'set', target: 'c-1', config: { enableElectUncleanMaster: true } },
      { at: '6s', do: 'remove', target: 'c-2' },
    ];
    expect(again({ controllers, actions }).actions).toEqual(actions);
  });
});

it('[CO-20] writes down what the brokers keep of a group', () => {
  const subscriptionGroups = [{ name: 'order-service', config: { retryMaxTimes: 3 } }];
  expect(read({ subscriptionGroups }).subscriptionGroups).toEqual([
    {
      name: 'order-service',
      config: {
        consumeEnable: true,
        consumeBroadcastEnable: true,
        consumeMessageOrderly: false,
        retryQueueNums: 1,
        retryMaxTimes: 3,
      },
    },
  ]);
  expect(again({ subscriptionGroups }).subscriptionGroups).toEqual(subscriptionGroups);
});

it('[CO-23] sends dead letters again, all of them or some', () => {
  const actions = [
    { at: '1s', do: 'resendDeadLetters', group: 'order-service' },
    { at: '2s', do: 'resendDeadLetters', group: 'order-service', topic: 'Orders', messages: 5 },
  ];
  expect(read({ actions }).actions).toMatchObject([
    { group: 'order-service', topic: null, messages: null },
    { group: 'order-service', topic: 'Orders', messages: 5 },
  ]);
  expect(again({ actions }).actions).toEqual(actions);
});
