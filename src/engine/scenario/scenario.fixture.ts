/** Files for tests: small, valid, and with the one thing changed that a test is about. */
import { parseScenario } from './parse';
import type { Problem } from './problem';
import type { Note, Scenario } from './types';

/** A cluster of one name server, a master with its slave, a producer, a consumer and a database. */
export function file(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    nameservers: [{ id: 'ns-1' }],
    brokers: [
      { id: 'broker-a:0', brokerName: 'broker-a' },
      { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
    ],
    topics: [{ name: 'Orders', queues: 4 }],
    producers: [{ id: 'producer-1', group: 'order-producers', topic: 'Orders', ratePerSecond: 20 }],
    consumers: [{ id: 'consumer-1', group: 'order-service', topic: 'Orders' }],
    databases: [{ id: 'orders-db' }],
    ...changes,
  };
}

export function accepted(source: unknown): { scenario: Scenario; notes: readonly Note[] } {
  const parsed = parseScenario(source);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed;
}

export function refused(source: unknown): Problem {
  const parsed = parseScenario(source);
  if (parsed.ok) throw new Error('the file was accepted');
  return parsed.problem;
}
