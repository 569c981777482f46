import { Run } from '../../run';
import { accepted } from '../../scenario/scenario.fixture';
import { Consuming } from './consumer/consuming.fixture';

/** A group of a master and slaves in acting-master mode, another master, and consumers of `Orders`. */
export interface ActingSetup {
  /** Of every broker of group a. */
  readonly config?: Config;
  readonly slave?: Config;
  readonly slaves?: number;
  readonly supportActingMaster?: boolean;
  readonly producer?: Config;
  readonly consumer?: Config;
  readonly actions?: readonly Config[];
}

type Config = Readonly<Record<string, unknown>>;

export const MASTER = 'broker-a:0';
export const SLAVE = 'broker-a:1';
export const OTHER = 'broker-b:0';

export function acting(setup: ActingSetup = {}): Consuming {
  const { config, slave, slaves = 1, supportActingMaster = true, producer, consumer, actions = [] } = setup;
  const mode = { enableSlaveActingMaster: true, ...config };
  const { scenario } = accepted({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    productVersion: '5.3',
    seed: 1,
    phases: 'aligned',
    environment: { network: { latencyMs: 0.5, jitterMs: 0.01 }, disk: { fsyncMs: 8 } },
    nameservers: [{ id: 'ns-1', config: { supportActingMaster } }],
    brokers: [
      { id: MASTER, brokerName: 'broker-a', brokerId: 0, config: mode },
      ...Array.from({ length: slaves }, (_, index) => ({
        id: `broker-a:${index + 1}`,
        brokerName: 'broker-a',
        brokerId: index + 1,
        config: { ...mode, brokerRole: 'SLAVE', slaveReadEnable: true, ...slave },
      })),
      { id: OTHER, brokerName: 'broker-b', brokerId: 0, config: {} },
    ],
    topics: [{ name: 'Orders', queues: 2 }],
    producers: [{ id: 'p', group: 'pg', topic: 'Orders', ...producer }],
    consumers: ['c1', 'c2'].map((id) => ({ id, group: 'g', topic: 'Orders', processingMs: 1, ...consumer })),
    actions,
  });
  return new Consuming(new Run(scenario));
}
