import { expect, it } from 'vitest';
import { accepted, file } from './scenario.fixture';

const noted = (changes: Readonly<Record<string, unknown>>) =>
  accepted(file(changes)).notes.map(({ path, rule }) => [path, rule]);
const brokers = (...specs: object[]) => ({
  brokers: specs.map((spec, i) => ({ id: `broker-${i}`, brokerName: 'broker-a', ...spec })),
});
const producer = (fields: object) => ({
  producers: [{ id: 'producer-1', group: 'order-producers', topic: 'Orders', ...fields }],
});
const consumers = (...specs: object[]) => ({
  consumers: specs.map((spec, i) => ({ id: `c-${i}`, group: 'g', topic: 'Orders', ...spec })),
});

it('[SC-1] says what becomes of a level above the highest and of one below 0', () => {
  expect(noted(producer({ delayLevel: 19 }))).toEqual([['producers[0].delayLevel', 'SC-1']]);
  expect(noted(producer({ delayLevel: -1 }))).toEqual([['producers[0].delayLevel', 'SC-1']]);
  expect(noted(producer({ delayLevel: 18 }))).toEqual([]);
});

it('[SC-8] says that a timer of more than three days is refused', () => {
  const days = (count: number) => noted(producer({ timerDelayMs: count * 86_400_000 }));
  expect(days(3)).toEqual([]);
  expect(days(4)).toEqual([['producers[0].timerDelayMs', 'SC-8']]);
});

it('[SC-8] says that a timer below 0 delays nothing', () => {
  expect(noted(producer({ timerDelayMs: -1 }))).toEqual([['producers[0].timerDelayMs', 'SC-8']]);
  expect(noted(producer({ timerDelayMs: 1 }))).toEqual([]);
  // The level goes first: the timer does not count.
  expect(noted(producer({ timerDelayMs: -1, delayLevel: 3 }))).toEqual([]);
});

it('[TX-1] [SC-8] says that a transaction knows no delay', () => {
  const transaction = (fields: object) => noted(producer({ mode: 'transaction', ...fields }));
  expect(transaction({ delayLevel: 3 })).toEqual([['producers[0].delayLevel', 'TX-1']]);
  expect(transaction({ timerDelayMs: 5_000 })).toEqual([['producers[0].timerDelayMs', 'SC-8']]);
  expect(transaction({})).toEqual([]);
});

it('[FI-5] says that SQL92 needs enablePropertyFilter, and what of it is not read', () => {
  const sql = (expression: string) => consumers({ filter: { sql: expression } });
  expect(noted(sql('a > 5'))).toEqual([['consumers[0].filter', 'FI-5']]);
  const on = brokers({ config: { enablePropertyFilter: true } });
  expect(noted({ ...sql('a > 5'), ...on })).toEqual([]);
  expect(noted({ ...sql("a LIKE 'x%'"), ...on })).toEqual([['consumers[0].filter.sql', 'FI-5']]);
});

it('[FI-6] says that a group has one subscription', () => {
  expect(noted(consumers({ filter: 'A' }, { filter: 'B' }))).toEqual([['consumers[1].filter', 'FI-6']]);
  expect(noted(consumers({ filter: 'A' }, { filter: 'A' }))).toEqual([]);
  expect(noted(consumers({ filter: 'A' }, { filter: 'B', group: 'other' }))).toEqual([]);
});

it('[HA-1] says that a slave has no master', () => {
  const slave = { brokerId: 1, config: { brokerRole: 'SLAVE' } };
  expect(noted(brokers(slave))).toEqual([['brokers[0].brokerName', 'HA-1']]);
  expect(noted(brokers({}, slave))).toEqual([]);
});

it('[HA-7] says where the numbers of replicas do not count, or contradict each other', () => {
  expect(noted(brokers({ config: { minInSyncReplicas: 2 } }))).toEqual([
    ['brokers[0].config.minInSyncReplicas', 'HA-7'],
  ]);
  const acting = { enableSlaveActingMaster: true, inSyncReplicas: 3 };
  expect(noted(brokers({ config: { ...acting, totalReplicas: 2 } }))).toEqual([
    ['brokers[0].config.inSyncReplicas', 'HA-7'],
  ]);
  expect(noted(brokers({ config: { ...acting, totalReplicas: 3 } }))).toEqual([]);
});

it('[HA-24] says that controllers are missing, or are one too many', () => {
  const elected = brokers({ config: { enableControllerMode: true } });
  const controllers = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `ctl-${i}` }));
  expect(noted(elected)).toEqual([['brokers[0].config.enableControllerMode', 'HA-24']]);
  expect(noted({ ...elected, controllers: controllers(2) })).toEqual([['controllers', 'HA-24']]);
  expect(noted({ ...elected, controllers: controllers(3) })).toEqual([]);
});

it('[HA-21] says that a DLedger group of less than three nodes bears no failure', () => {
  const node = { config: { enableDLegerCommitLog: true } };
  expect(noted(brokers(node, node)).map(([, rule]) => rule)).toContain('HA-21');
  expect(noted(brokers(node, node, node)).map(([, rule]) => rule)).not.toContain('HA-21');
});

it('[TR-1] says where a message trace goes nowhere, and who has none', () => {
  const traced = { enableTrace: true };
  const at = (path: string) => [[`${path}.config.enableTrace`, 'TR-1']];
  const closed = { autoCreateTopicEnable: false };
  const topics = { topics: [{ name: 'Orders', queues: 4 }] };
  expect(noted({ ...topics, ...brokers({ config: closed }), ...producer({ config: traced }) })).toEqual(
    at('producers[0]'),
  );
  const open = brokers({ config: { ...closed, traceTopicEnable: true } });
  expect(noted({ ...topics, ...open, ...producer({ config: traced }) })).toEqual([]);
  expect(noted(consumers({ protocol: 'grpc', config: traced }))).toEqual(at('consumers[0]'));
  expect(noted(consumers({ config: traced }))).toEqual([]);
});
