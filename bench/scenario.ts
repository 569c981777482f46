import { parseScenario } from '../src/engine/scenario/parse';
import type { Scenario } from '../src/engine/scenario/types';

/** Two broker groups, 1,000 messages a second, and faults: what the engine's speed is measured on. */
export function busyFile(patch: Record<string, unknown> = {}): Record<string, unknown> {
  const broker = (name: string, id: number) => ({
    id: `${name}:${id}`,
    brokerName: name,
    brokerId: id,
    config: { brokerRole: id === 0 ? 'ASYNC_MASTER' : 'SLAVE' },
  });
  const client = (kind: string, i: number, rest: object) => ({
    id: `${kind}-${i}`,
    topic: 'Orders',
    ...rest,
  });
  return {
    format: 'mq-playground/scenario@1',
    model: 1,
    title: { en: 'Bench', zh: '基准' },
    product: 'rocketmq',
    productVersion: '5.3',
    seed: 1,
    nameservers: [{ id: 'ns-1' }, { id: 'ns-2' }],
    brokers: [broker('broker-a', 0), broker('broker-a', 1), broker('broker-b', 0), broker('broker-b', 1)],
    topics: [{ name: 'Orders', queues: 4, brokers: ['broker-a', 'broker-b'] }],
    producers: [1, 2].map((i) =>
      client('producer', i, { group: 'p', mode: 'sync', ratePerSecond: 500, bodyBytes: 1024 }),
    ),
    consumers: [1, 2, 3].map((i) => client('consumer', i, { group: 'g', processingMs: 5 })),
    actions: [
      { at: '20s', do: 'kill', target: 'broker-b:0', failure: 'process' },
      { at: '40s', do: 'restart', target: 'broker-b:0' },
      { at: '60s', do: 'cut', between: ['broker-a:0', 'broker-a:1'] },
      { at: '70s', do: 'heal', between: ['broker-a:0', 'broker-a:1'] },
    ],
    ...patch,
  };
}

export function busyScenario(patch: Record<string, unknown> = {}): Scenario {
  const parsed = parseScenario(busyFile(patch));
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}
