import { expect, it } from 'vitest';
import { inVersion } from './in-version';
import { parseScenario } from './parse';

const SECOND = 1_000_000;
const FILE = {
  format: 'mq-playground/scenario@1',
  product: 'rocketmq',
  productVersion: '5.3',
  seed: 7,
  nameservers: [{ id: 'ns-1' }],
  brokers: [{ id: 'a', brokerName: 'a' }],
  topics: [{ name: 'T', queues: 1 }],
  producers: [{ id: 'p', group: 'p', topic: 'T', ratePerSecond: 10, timerDelayMs: 500 }],
  consumers: [{ id: 'c', group: 'g', topic: 'T', protocol: 'pop', processingMs: 7 }],
  actions: [
    { at: '1s', do: 'set', target: 'p', workload: { timerDelayMs: 100 } },
    { at: '2s', do: 'kill', target: 'a', failure: 'power' },
  ],
};

function read(file: unknown) {
  const parsed = parseScenario(file);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}

it('runs the same scenario in another version, without what that version has not, and says what', () => {
  const scenario = read(FILE);
  const { source, leftOut } = inVersion(scenario, scenario.actions, [SECOND, 2 * SECOND], '4.9');
  const other = read(source);
  expect(other).toMatchObject({ productVersion: '4.9', seed: 7 });
  expect(other.consumers[0]).toMatchObject({ protocol: 'remoting', processingUs: 7_000 });
  expect(other.producers[0]?.timerDelayUs).toBeNull();
  expect(other.actions.map((action) => action.do)).toEqual(['kill']);
  expect(leftOut).toEqual([
    { of: 'p', what: 'timerDelayMs' },
    { of: 'c', what: 'protocol' },
    { of: 'set p', what: 'workload.timerDelayMs' },
    { of: 'set p', what: 'actions' },
  ]);
});

it('gives an action between two events its time, and leaves out one whose time nobody knows', () => {
  const scenario = read({ ...FILE, actions: [] });
  const kill = { do: 'kill', target: 'a', failure: 'power', atUs: null } as const;
  const actions = [
    { ...kill, afterStep: 40 },
    { ...kill, afterStep: 90 },
  ];
  const { source } = inVersion(scenario, actions, [3 * SECOND, undefined], '4.9');
  expect(read(source).actions).toMatchObject([{ do: 'kill', atUs: 3 * SECOND, afterStep: null }]);
});

it('changes nothing but the version where that has everything', () => {
  const scenario = read({ ...FILE, producers: [], consumers: [], actions: [] });
  const { source, leftOut } = inVersion(scenario, [], [], '4.9');
  expect(leftOut).toEqual([]);
  expect(read(inVersion(read(source), [], [], '5.3').source)).toEqual(scenario);
});
