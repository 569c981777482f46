import { Run } from '../run';
import { parseScenario } from '../scenario/parse';

/** A master with a slave, a producer of 100 messages a second, a consumer; `more` replaces parts of the file. */
export function runOf(more: Readonly<Record<string, unknown>> = {}): Run {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    model: 1,
    title: { en: 'Report', zh: '报告' },
    product: 'rocketmq',
    seed: 3,
    nameservers: [{ id: 'ns-1' }],
    brokers: [
      { id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0 },
      { id: 'broker-a:1', brokerName: 'broker-a', brokerId: 1, config: { brokerRole: 'SLAVE' } },
    ],
    topics: [{ name: 'Orders', queues: 4, brokers: ['broker-a'] }],
    producers: [
      { id: 'producer-1', group: 'order-producers', topic: 'Orders', ratePerSecond: 100, messages: 1_500 },
    ],
    consumers: [{ id: 'consumer-1', group: 'order-service', topic: 'Orders', processingMs: 2 }],
    ...more,
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return new Run(parsed.scenario);
}

/** The master alone loses power at 10 s, and is back at 20 s; it is sent to until 40 s, and the run ends at 60 s. */
export function powerLossRun(): Run {
  const run = runOf({
    brokers: [{ id: 'broker-a:0', brokerName: 'broker-a', brokerId: 0 }],
    producers: [
      { id: 'producer-1', group: 'order-producers', topic: 'Orders', ratePerSecond: 100, messages: 4_000 },
    ],
    actions: [
      { at: '10s', do: 'kill', target: 'broker-a:0', failure: 'power' },
      { at: '20s', do: 'restart', target: 'broker-a:0' },
    ],
  });
  run.advance(60_000_000);
  return run;
}
