import type { Kind } from '../../../core/kinds';
import { nodeOf } from '../../../model/env';
import { type Flight, netArrive } from '../../../model/net';
import { internQueue, recordMessage, recordOffset, recordQueue } from '../../../model/world';
import { Run } from '../../../run';
import { accepted } from '../../../scenario/scenario.fixture';
import { type PullMessage, type PullResult, pullMessage } from '../protocol';
import type { RequestType, Wire } from '../remoting';
import type { Broker, Consumer, RocketSim } from '../state';

/** A whole cluster for tests of consumers: what a test sets is what it is about. */
export interface Setup {
  version?: '5.3' | '4.9';
  seed?: number;
  phases?: 'aligned' | 'seeded';
  start?: 'warm' | 'cold';
  queues?: number;
  environment?: Readonly<Record<string, unknown>>;
  brokers?: readonly Readonly<Record<string, unknown>>[];
  brokerConfig?: Readonly<Record<string, unknown>>;
  producer?: Readonly<Record<string, unknown>>;
  /** Further producers of the group `pg`, each with its id. */
  producers?: readonly Readonly<Record<string, unknown>>[];
  /** Consumers c1, c2 … of the group `g`, or what is said of each. */
  consumers?: readonly Readonly<Record<string, unknown>>[];
  /** What the brokers keep of the group `g`. */
  groupConfig?: Readonly<Record<string, unknown>>;
  databases?: readonly Readonly<Record<string, unknown>>[];
  actions?: readonly Readonly<Record<string, unknown>>[];
}

export interface Entry {
  readonly id: number;
  readonly atMs: number;
  readonly node: string;
  readonly kind: Kind;
  readonly a: number;
  readonly b: number;
  readonly cause: number;
}

export interface AskOptions {
  from?: string;
  to?: string;
  limitMs?: number;
}

export interface Answer<A> {
  readonly status: number;
  readonly body: A;
  readonly remark: string;
}

const FORMAT = 'mq-playground/scenario@1';
export const BROKER = 'broker-a:0';

/** One name server, one master, `Orders` with four queues, a silent producer, consumers of the group `g`. */
export function consuming(setup: Setup = {}): Consuming {
  const { queues = 4, consumers = [{}], brokers, producer, environment, phases = 'aligned' } = setup;
  const { scenario } = accepted({
    format: FORMAT,
    product: 'rocketmq',
    productVersion: setup.version ?? '5.3',
    seed: setup.seed ?? 1,
    start: setup.start ?? 'warm',
    phases,
    environment: {
      network: { latencyMs: 0.5, jitterMs: 0.01 },
      disk: { fsyncMs: 8 },
      ...environment,
    },
    nameservers: [{ id: 'ns-1' }],
    brokers: brokers ?? [{ id: BROKER, brokerName: 'broker-a', config: setup.brokerConfig ?? {} }],
    topics: [{ name: 'Orders', queues }],
    producers: [{ id: 'p', ...producer }, ...(setup.producers ?? [])].map((one) => ({
      ...{ group: 'pg', topic: 'Orders' },
      ...one,
    })),
    consumers: consumers.map((changes, i) => ({ id: `c${i + 1}`, group: 'g', topic: 'Orders', ...changes })),
    subscriptionGroups: setup.groupConfig === undefined ? [] : [{ name: 'g', config: setup.groupConfig }],
    databases: setup.databases ?? [],
    actions: setup.actions ?? [],
  });
  return new Consuming(new Run(scenario));
}

/** A paused consumer holds the group together; messages are in the queue. */
export function stored(messages: number, setup: Setup = {}): Consuming {
  const cluster = consuming({
    queues: 1,
    ...setup,
    actions: [
      { at: '1s', do: 'pause', target: 'c1' },
      { at: '2s', do: 'burst', target: 'p', messages },
      ...(setup.actions ?? []),
    ],
  });
  return cluster.until(31_000);
}

export class Consuming {
  constructor(readonly run: Run) {}

  get sim(): RocketSim {
    return this.run.sim as unknown as RocketSim;
  }
  get nowMs(): number {
    return this.run.sim.nowUs / 1000;
  }

  until(ms: number): this {
    this.run.advance(Math.round(ms * 1000));
    return this;
  }

  /** Goes on, event by event, until a condition holds; fails after `limitMs`. */
  untilTrue(holds: () => boolean, limitMs: number): this {
    const endUs = this.run.sim.nowUs + limitMs * 1000;
    while (!holds()) {
      if (this.run.sim.nowUs > endUs || !this.run.step()) throw new Error(`not within ${limitMs} ms`);
    }
    return this;
  }

  act(action: Readonly<Record<string, unknown>>): this {
    const filled = { atUs: null, afterStep: null, ...action } as never;
    const result = this.run.act(filled);
    if (!result.ok) throw new Error(result.message.en);
    return this;
  }

  node(name: string): number {
    const node = nodeOf(this.run.sim.state.env, name);
    if (node === undefined) throw new Error(`no ${name}`);
    return node;
  }

  consumer(name: string): Consumer {
    return this.sim.state.product.consumers.get(this.node(name)) as Consumer;
  }

  broker(name = BROKER): Broker {
    return this.sim.state.product.brokers.get(this.node(name)) as Broker;
  }

  queue(queueId: number, brokerName = 'broker-a', topic = 'Orders'): number {
    return internQueue(this.run.sim.state.arena, topic, brokerName, queueId);
  }

  queueOf(record: number): number {
    return recordQueue(this.run.sim.state.arena, record);
  }

  /** Committed offset of the group on a broker; −1 none. */
  committed(queueId: number, group = 'g', broker = BROKER): number {
    return this.broker(broker).service.offsets.get(`Orders@${group}`)?.[queueId] ?? -1;
  }

  /** Queue ids of `Orders` that a consumer holds, sorted; of several brokers as `a0`, `b1`. */
  held(name: string): (number | string)[] {
    const several = this.sim.state.product.brokers.size > 1;
    return [...this.consumer(name).state.queues.values()]
      .filter(({ topic }) => topic === 'Orders')
      .map(({ queueId, brokerName }) => (several ? `${brokerName.at(-1)}${queueId}` : queueId))
      .sort();
  }

  /** Trace entries of a type since `fromMs`. */
  entries(type: string | readonly string[], fromMs = 0, node?: string): Entry[] {
    const types = typeof type === 'string' ? [type] : type;
    const { env } = this.run.sim.state;
    const found: Entry[] = [];
    this.run.sim.window?.scan(0, Number.MAX_SAFE_INTEGER, (entry) => {
      if (entry.timeUs < fromMs * 1000 || !types.includes(entry.kind.type)) return undefined;
      const name = env.processes[entry.node]?.name ?? '-';
      if (node !== undefined && name !== node) return undefined;
      found.push({ ...entry, atMs: entry.timeUs / 1000, node: name });
      return undefined;
    });
    return found;
  }

  count(type: string, fromMs = 0, node?: string): number {
    return this.entries(type, fromMs, node).length;
  }

  /** Offsets of the records of deliveries (or of what else names records in slot a), in order. */
  offsetsOf(type: string, fromMs = 0, node?: string): number[] {
    return this.entries(type, fromMs, node).map(({ a }) => recordOffset(this.run.sim.state.arena, a));
  }

  /** Messages that were handed to a listener more than once. */
  deliveredTwice(): number {
    const times = new Map<number, number>();
    for (const { a } of this.entries('record.delivered')) {
      const message = recordMessage(this.run.sim.state.arena, a);
      times.set(message, (times.get(message) ?? 0) + 1);
    }
    return [...times.values()].filter((count) => count > 1).length;
  }

  cached(name: string): number[] {
    return [...this.consumer(name).state.queues.values()]
      .filter(({ topic }) => topic === 'Orders')
      .map(({ start, end }) => end - start);
  }

  /** Puts a request of `from` into a broker's hands and returns the answer, or undefined when it gives none in time. */
  ask<B, A>(request: RequestType<B, A>, body: B, options: AskOptions = {}): Answer<A> | undefined {
    const { from = 'c1', to = BROKER, limitMs = 100 } = options;
    const id = 1_000_000 + this.asked++;
    const broker = this.broker(to);
    const conn = [...broker.remoting.accepted].find(([, peer]) => peer === this.node(from))?.[0] ?? 0;
    this.run.sim.intervene(() => {
      this.sim.call(request.event, broker.node, { conn, from: this.node(from), id, body, message: -1 });
    });
    const endUs = this.run.sim.nowUs + limitMs * 1000;
    for (;;) {
      const wire = this.answerOnWire(id);
      if (wire !== undefined) return { status: wire.status, body: wire.body as A, remark: wire.remark };
      if (this.run.sim.nextDueUs > endUs || !this.run.step()) return undefined;
    }
  }
  private asked = 0;

  private answerOnWire(id: number): Wire | undefined {
    const { agenda } = this.run.sim;
    for (let i = 0; i < agenda.size; i++) {
      const due = agenda.entries[i];
      if (due?.event !== netArrive) continue;
      const wire = (due.body as Flight).message as Wire;
      if (wire.kind === 'answer' && wire.id === id) return wire;
    }
    return undefined;
  }

  /** A pull as c1 would send it. */
  pull(changes: Partial<PullMessage> = {}, options: AskOptions = {}): Answer<PullResult> | undefined {
    const pull: PullMessage = {
      group: 'g',
      topic: 'Orders',
      queueId: 0,
      offset: 0,
      maxMessages: 32,
      maxBytes: 262_144,
      commitOffset: undefined,
      suspendUs: 0,
      subVersionUs: Number.NEGATIVE_INFINITY,
    };
    return this.ask(pullMessage, { ...pull, ...changes }, options);
  }
}
