import { expect, it } from 'vitest';
import { parseScenario } from '../engine/scenario/parse';
import { comparing, type FromComparer } from './comparing';

const FILE = {
  format: 'mq-playground/scenario@1',
  product: 'rocketmq',
  nameservers: [{ id: 'ns-1' }],
  brokers: [{ id: 'broker-a:0', brokerName: 'broker-a' }],
  topics: [{ name: 'Orders', queues: 1 }],
  producers: [{ id: 'producer-1', group: 'senders', topic: 'Orders', ratePerSecond: 50 }],
};

function told(untilUs: number, change: object = {}): FromComparer[] {
  const parsed = parseScenario(FILE);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  const updates: FromComparer[] = [];
  const { scenario } = parsed;
  const asked = {
    scenario: { ...scenario, ...change },
    actions: [],
    timesUs: [],
    version: '4.9' as const,
    untilUs,
  };
  comparing({ type: 'compare', asked }, (update) => updates.push(structuredClone(update)));
  return updates;
}

it('tells how far it is, and at the end what came of both versions', () => {
  const updates = told(60_000_000);
  const shares = updates.flatMap((update) => (update.type === 'progress' ? [update.share] : []));
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual([...shares].sort((x, y) => x - y));
  expect(updates.at(-1)).toMatchObject({ type: 'compared', compared: { versions: ['5.3', '4.9'] } });
  expect(updates.filter(({ type }) => type === 'compared')).toHaveLength(1);
});

it('says why it could not', () => {
  expect(told(1_000_000, { brokers: null }).at(-1)).toMatchObject({ type: 'incomparable' });
});
