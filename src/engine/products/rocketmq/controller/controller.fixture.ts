import { Run } from '../../../run';
import type { ConfigPatch } from '../../../scenario/config';
import { parseScenario } from '../../../scenario/parse';
import type { Rocket, RocketSim } from '../state';

/** A broker group of three under controllers, for tests: a warm start, a producer, a consumer. */
export interface ControllerClusterOptions {
  controllers?: number;
  replicas?: number;
  rate?: number;
  controller?: ConfigPatch;
  start?: 'warm' | 'cold';
  seed?: number;
  [part: string]: unknown;
}

export function controllerCluster(options: ControllerClusterOptions = {}, config: ConfigPatch = {}): Run {
  const {
    controllers = 1,
    replicas = 3,
    rate = 100,
    controller = {},
    start = 'warm',
    seed = 7,
    ...more
  } = options;
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    model: 1,
    title: { en: 'Controllers', zh: 'Controller' },
    product: 'rocketmq',
    productVersion: '5.3',
    seed,
    start,
    environment: { network: { latencyMs: 0.5, jitterMs: 0.05 }, disk: { fsyncMs: 8 } },
    nameservers: [{ id: 'ns-1' }],
    controllers: Array.from({ length: controllers }, (_, index) => ({
      id: `controller-${index + 1}`,
      config: controller,
    })),
    brokers: Array.from({ length: replicas }, (_, index) => ({
      id: `broker-a:${index}`,
      brokerName: 'broker-a',
      brokerId: index,
      config: { enableControllerMode: true, ...config },
    })),
    topics: [{ name: 'Orders', queues: 4, brokers: ['broker-a'] }],
    producers: [{ id: 'producer-1', group: 'order-producers', topic: 'Orders', ratePerSecond: rate }],
    consumers: [{ id: 'consumer-1', group: 'order-service', topic: 'Orders', processingMs: 1 }],
    ...more,
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return new Run(parsed.scenario);
}

export const rocket = (run: Run): Rocket => (run.sim as unknown as RocketSim).state.product;
