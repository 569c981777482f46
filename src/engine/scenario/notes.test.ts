import { expect, it } from 'vitest';
import { startingBrokerId } from './broker-role';
import { accepted, file } from './scenario.fixture';

const noted = (changes: Readonly<Record<string, unknown>>) =>
  accepted(file(changes)).notes.map(({ path, rule }) => [path, rule]);
const brokers = (...specs: object[]) => ({
  brokers: specs.map((spec, i) => ({ id: `broker-${i}`, brokerName: 'broker-a', ...spec })),
});

it('says nothing of an ordinary cluster', () => {
  expect(noted({})).toEqual([]);
});

it('[HA-1] starts a master with id 0, a slave with its own, and no slave with id 0', () => {
  expect(startingBrokerId('SYNC_MASTER', 3)).toBe(0);
  expect(startingBrokerId('SLAVE', 3)).toBe(3);
  expect(startingBrokerId('SLAVE', 0)).toBeNull();
});

it('[HA-1] accepts a slave with id 0 and says that it refuses to start', () => {
  const { scenario, notes } = accepted(file(brokers({}, { config: { brokerRole: 'SLAVE' } })));
  expect(notes).toMatchObject([{ path: 'brokers[1].brokerId', rule: 'HA-1' }]);
  expect(notes[0]!.message.en).toContain('refuses to start');
  expect(scenario.brokers[1]!.brokerId).toBe(0);
});

it('[HA-1] accepts a master with id 2 and says that it becomes 0', () => {
  const { notes } = accepted(file(brokers({ brokerId: 2 })));
  expect(notes).toMatchObject([{ path: 'brokers[0].brokerId', rule: 'HA-1' }]);
  expect(notes[0]!.message.zh).toContain('这里的 2 不起作用');
});

it('[NS-11] accepts two masters of one name, also where one is forced to id 0', () => {
  expect(noted(brokers({}, {}))).toEqual([['brokers[1].brokerName', 'NS-11']]);
  expect(noted(brokers({}, { brokerId: 1 }))).toEqual([
    ['brokers[1].brokerId', 'HA-1'],
    ['brokers[1].brokerName', 'NS-11'],
  ]);
});

it('[NS-11] sees a twin that comes later', () => {
  const actions = [{ at: '1s', do: 'add', broker: { id: 'late', brokerName: 'broker-a' } }];
  expect(noted({ ...brokers({}), actions })).toEqual([['actions[0].broker.brokerName', 'NS-11']]);
});

it('[HA-7] says that SYNC_MASTER alone waits for nobody in 5.3', () => {
  const config = { brokerRole: 'SYNC_MASTER' };
  expect(noted(brokers({ config }))).toEqual([['brokers[0].config.brokerRole', 'HA-7']]);
  expect(noted(brokers({ config: { ...config, inSyncReplicas: 2 } }))).toEqual([]);
  expect(noted({ ...brokers({ config }), productVersion: '4.9' })).toEqual([]);
});

it('[BR-16] says that the transient pool is off under SYNC_FLUSH', () => {
  const config = { transientStorePoolEnable: true };
  expect(noted(brokers({ config: { ...config, flushDiskType: 'SYNC_FLUSH' } }))).toEqual([
    ['brokers[0].config.transientStorePoolEnable', 'BR-16'],
  ]);
  expect(noted(brokers({ config }))).toEqual([]);
});

it('[NS-5] says that the registration period is clamped', () => {
  expect(noted(brokers({ config: { registerNameServerPeriod: 1_000 } }))).toEqual([
    ['brokers[0].config.registerNameServerPeriod', 'NS-5'],
  ]);
});

it('[PR-15] accepts a producer without its topic', () => {
  const { notes } = accepted(file({ topics: [], consumers: [] }));
  expect(notes).toMatchObject([{ path: 'producers[0].topic', rule: 'PR-15' }]);
  expect(notes[0]!.message.en).toContain('the first message to each broker creates it there');
});

it('[PR-15] says that nothing is created when no broker does so', () => {
  const config = { autoCreateTopicEnable: false };
  const { notes } = accepted(file({ ...brokers({ config }), topics: [], consumers: [] }));
  expect(notes[0]!.message.en).toContain('sending fails');
});

it('[CL-11] says that nothing is found without a name server', () => {
  expect(noted({ nameservers: [] })).toEqual([['nameservers', 'CL-11']]);
});

it('names a consumer of a topic that never comes, and no reader of dead letters', () => {
  const consumer = { id: 'c', group: 'g' };
  expect(noted({ consumers: [{ ...consumer, topic: 'Payments' }] })).toEqual([
    ['consumers[0].topic', undefined],
  ]);
  expect(noted({ consumers: [{ ...consumer, topic: '%DLQ%g' }] })).toEqual([]);
});

it('names keys that change nothing, in a set too', () => {
  const config = { adjustThreadPoolNumsThreshold: 2 };
  const consumers = [{ id: 'c', group: 'g', topic: 'Orders', config }];
  const actions = [{ at: '1s', do: 'set', target: 'c', config }];
  const { notes } = accepted(file({ consumers, actions }));
  expect(notes.map(({ path }) => path)).toEqual([
    'consumers[0].config.adjustThreadPoolNumsThreshold',
    'actions[0].config.adjustThreadPoolNumsThreshold',
  ]);
  expect(notes[0]!.message.en).toContain('has no effect');
});

it('says that a file was made with another model', () => {
  expect(noted({ model: 2 })).toEqual([['model', undefined]]);
});
