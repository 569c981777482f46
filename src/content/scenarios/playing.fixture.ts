import { queueOf, textOf } from '../../engine/model/world';
import { Consuming } from '../../engine/products/rocketmq/consumer/consuming.fixture';
import { type Report, reportOf } from '../../engine/report/report';
import { Run } from '../../engine/run';
import { accepted } from '../../engine/scenario/scenario.fixture';

/** Built-in scenario files in tests: a file as it is, or with the few things that a step of a lesson changes. */

type Part = Readonly<Record<string, unknown>>;

export interface Changes {
  readonly version?: '5.3' | '4.9';
  readonly seed?: number;
  readonly phases?: 'aligned' | 'seeded';
  readonly topics?: readonly Part[];
  /** Keys of every broker, and of the masters alone. */
  readonly brokerConfig?: Part;
  readonly masterConfig?: Part;
  /** What the first producer does otherwise; its way of sending replaces that of the file. */
  readonly producer?: Part;
  readonly producerConfig?: Part;
  /** The consumers instead of those of the file, or what all of them do otherwise. */
  readonly consumers?: readonly Part[];
  readonly consumer?: Part;
  readonly consumerConfig?: Part;
  readonly databases?: readonly Part[];
  /** What happens besides, after what the file says. */
  readonly actions?: readonly Part[];
  /** False: without the actions of the file. */
  readonly script?: boolean;
}

const LOADS = ['ratePerSecond', 'profile', 'threads'];

const list = (value: unknown) => (value ?? []) as readonly Part[];
const configured = (spec: Part, config: Part = {}) => ({
  ...spec,
  config: { ...(spec.config as Part), ...config },
});

/** The file without what `changes` says of the load, where they say anything of it. */
function loaded(spec: Part, changes: Part): Part {
  const kept = LOADS.some((load) => load in changes)
    ? Object.entries(spec).filter(([field]) => !LOADS.includes(field))
    : Object.entries(spec);
  return { ...Object.fromEntries(kept), ...changes };
}

export function play(source: object, changes: Changes = {}): Playing {
  const file = source as Part;
  const producers = list(file.producers).map((spec, i) =>
    i === 0 ? configured(loaded(spec, changes.producer ?? {}), changes.producerConfig) : spec,
  );
  const brokers = list(file.brokers).map((spec) => {
    const isSlave = ((spec.brokerId as number | undefined) ?? 0) > 0;
    return configured(spec, { ...changes.brokerConfig, ...(isSlave ? {} : changes.masterConfig) });
  });
  const consumers = list(changes.consumers ?? file.consumers).map((spec) =>
    configured({ ...spec, ...changes.consumer }, changes.consumerConfig),
  );
  const { scenario } = accepted({
    ...file,
    productVersion: changes.version ?? file.productVersion,
    seed: changes.seed ?? file.seed,
    phases: changes.phases ?? file.phases ?? 'seeded',
    brokers,
    topics: changes.topics ?? file.topics,
    producers,
    consumers,
    databases: changes.databases ?? file.databases ?? [],
    actions: [...(changes.script === false ? [] : list(file.actions)), ...(changes.actions ?? [])],
  });
  return new Playing(new Run(scenario));
}

export class Playing extends Consuming {
  report(): Report {
    return reportOf(this.run);
  }

  /** What senders were told instead of a status, in order. */
  exceptions(): string[] {
    return this.entries('send.exception').map(({ b }) => textOf(this.run.sim.state.arena, b));
  }

  /** Attempts to send since `fromMs` by broker name. */
  attempts(fromMs = 0, toMs = Number.POSITIVE_INFINITY): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { atMs, b } of this.entries(['send.attempt', 'send.attempt-avoiding'], fromMs)) {
      if (atMs >= toMs) continue;
      const { group } = queueOf(this.run.sim.state.arena, b);
      counts[group] = (counts[group] ?? 0) + 1;
    }
    return counts;
  }

  /** Messages that wait in each queue of a topic: stored, and not finished by a group. */
  behind(queues = 4, brokerName = 'broker-a', topic = 'Orders'): number[] {
    const done = this.entries('record.consumed').map(({ a }) => this.queueOf(a));
    const stored = this.entries('message.stored').map(({ b }) => b);
    return Array.from({ length: queues }, (_, queueId) => {
      const queue = this.queue(queueId, brokerName, topic);
      const count = (all: readonly number[]) => all.filter((each) => each === queue).length;
      return count(stored) - count(done);
    });
  }
}
