import { Run } from '../../../run';
import { accepted } from '../../../scenario/scenario.fixture';
import { Consuming } from '../consumer/consuming.fixture';
import type { Broker } from '../state';

/** A DLedger group of three nodes, another broker if asked for, a producer and consumers of `Orders`. */
export interface GroupSetup {
  readonly version?: '5.3' | '4.9';
  readonly seed?: number;
  readonly nodes?: number;
  readonly config?: Part;
  /** A master of another group that holds the topic, too. */
  readonly other?: boolean;
  readonly producer?: Part;
  readonly consumers?: number;
  readonly start?: 'warm' | 'cold';
  readonly actions?: readonly Part[];
}

type Part = Readonly<Record<string, unknown>>;

export const NODES = ['broker-a:0', 'broker-a:1', 'broker-a:2'] as const;

export class Group extends Consuming {
  get nodes(): Broker[] {
    return [...this.sim.state.product.brokers.values()].filter(({ brokerName }) => brokerName === 'broker-a');
  }

  name(broker: Broker): string {
    return this.sim.state.env.processes[broker.node]?.name ?? '';
  }

  /** The node that leads by its own account; the one of the largest term when there are several. */
  get leader(): string {
    const leaders = this.nodes.filter(({ store }) => store.memory.raft.role === 'leader');
    leaders.sort((x, y) => y.store.disk.raft.term - x.store.disk.raft.term);
    return leaders[0] === undefined ? '' : this.name(leaders[0]);
  }

  /** The others, in the order of the file. */
  get followers(): string[] {
    const { leader } = this;
    return this.nodes.map((broker) => this.name(broker)).filter((name) => name !== leader);
  }

  rows(name: string): number {
    return this.broker(name).store.log.records.length;
  }

  committedRows(name: string): number {
    return this.broker(name).store.disk.raft.committed;
  }

  first(type: string, fromMs = 0, node?: string) {
    return this.entries(type, fromMs, node)[0];
  }
}

export function group(setup: GroupSetup = {}): Group {
  const { nodes = 3, config, other = false, producer, consumers = 0, actions = [] } = setup;
  const { scenario } = accepted({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    productVersion: setup.version ?? '5.3',
    seed: setup.seed ?? 1,
    start: setup.start ?? 'warm',
    phases: 'seeded',
    environment: { network: { latencyMs: 0.5, jitterMs: 0.01 }, disk: { fsyncMs: 8 } },
    nameservers: [{ id: 'ns-1' }],
    brokers: [
      ...Array.from({ length: nodes }, (_, index) => ({
        id: `broker-a:${index}`,
        brokerName: 'broker-a',
        brokerId: index,
        config: { enableDLegerCommitLog: true, ...config },
      })),
      ...(other ? [{ id: 'broker-b:0', brokerName: 'broker-b', brokerId: 0, config: {} }] : []),
    ],
    topics: [{ name: 'Orders', queues: 2 }],
    producers: [{ id: 'p', group: 'pg', topic: 'Orders', ...producer }],
    consumers: Array.from({ length: consumers }, (_, index) => ({
      id: `c${index + 1}`,
      group: 'g',
      topic: 'Orders',
      processingMs: 1,
    })),
    actions,
  });
  return new Group(new Run(scenario));
}
