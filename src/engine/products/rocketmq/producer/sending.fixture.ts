import { nodeOf, processOf } from '../../../model/env';
import { internQueue, queueOf, textOf } from '../../../model/world';
import { type Report, reportOf } from '../../../report/report';
import { Run } from '../../../run';
import { accepted } from '../../../scenario/scenario.fixture';
import type { Nameserver, Producer, RocketSim } from '../state';

/** Whole clusters for the lessons about routes and sending: T1 and T2 of the syllabus. */

type Part = Readonly<Record<string, unknown>>;

export interface Sending {
  version?: '5.3' | '4.9';
  seed?: number;
  phases?: 'aligned' | 'seeded';
  start?: 'warm' | 'cold';
  /** One master, or two groups of a master and a slave. */
  shape?: 'T1' | 'T2';
  brokerConfig?: Part;
  topics?: readonly Part[];
  producer?: Part;
  config?: Part;
  consumers?: readonly Part[];
  actions?: readonly Part[];
}

const NAMESERVERS = [{ id: 'ns-1' }, { id: 'ns-2' }];

export function sending(setup: Sending): SendingRun {
  const { shape = 'T1', config = {}, brokerConfig = {}, seed = 1 } = setup;
  const groups = shape === 'T1' ? ['broker-a'] : ['broker-a', 'broker-b'];
  const brokers = groups.flatMap((brokerName) => {
    const master = { id: `${brokerName}:0`, brokerName, config: brokerConfig };
    const slave = { id: `${brokerName}:1`, brokerName, brokerId: 1, config: { brokerRole: 'SLAVE' } };
    return shape === 'T1' ? [master] : [master, slave];
  });
  const { scenario } = accepted({
    format: 'mq-playground/scenario@1',
    product: 'rocketmq',
    productVersion: setup.version ?? '5.3',
    seed,
    start: setup.start ?? 'warm',
    phases: setup.phases ?? 'aligned',
    environment: { network: { latencyMs: 0.5, jitterMs: 0.01 }, disk: { fsyncMs: 8 } },
    nameservers: shape === 'T1' ? NAMESERVERS.slice(0, 1) : NAMESERVERS,
    brokers,
    topics: setup.topics ?? [{ name: 'Orders', queues: 4, brokers: groups }],
    producers: [{ id: 'p', group: 'pg', topic: 'Orders', ...setup.producer, config }],
    consumers: setup.consumers ?? [],
    actions: setup.actions ?? [],
  });
  return new SendingRun(new Run(scenario));
}

interface Attempt {
  readonly message: number;
  readonly queue: string;
  readonly atS: number;
}

export class SendingRun {
  constructor(readonly run: Run) {}

  get sim(): RocketSim {
    return this.run.sim as unknown as RocketSim;
  }

  until(seconds: number): this {
    this.run.advance(Math.round(seconds * 1e6));
    return this;
  }

  act(action: Part): this {
    const result = this.run.act({ atUs: null, afterStep: null, ...action } as never);
    if (!result.ok) throw new Error(result.message.en);
    return this;
  }

  report(): Report {
    return reportOf(this.run);
  }

  node(name: string): number {
    const node = nodeOf(this.run.sim.state.env, name);
    if (node === undefined) throw new Error(`no ${name}`);
    return node;
  }

  producer(name = 'p'): Producer {
    return this.sim.state.product.producers.get(this.node(name)) as Producer;
  }

  nameserver(name: string): Nameserver {
    return this.sim.state.product.nameservers.get(this.node(name)) as Nameserver;
  }

  /** Ids that a name server lists of a broker group. */
  listed(nameserver: string, brokerName: string): number[] {
    return [
      ...(this.nameserver(nameserver).tables.brokerAddrTable.get(brokerName)?.addrs.keys() ?? []),
    ].sort();
  }

  /** Entries of a type in (from, to], seconds: when, where, and what. */
  seen(type: string, fromS = -1, toS = Number.POSITIVE_INFINITY) {
    const found: { atS: number; node: string; a: number; b: number }[] = [];
    this.run.sim.window?.scan(0, Number.MAX_SAFE_INTEGER, (entry) => {
      const atS = entry.timeUs / 1e6;
      if (entry.kind.type === type && atS > fromS && atS <= toS) {
        const node = entry.node === 0xffff ? '-' : processOf(this.run.sim.state.env, entry.node).name;
        found.push({ atS, node, a: entry.a, b: entry.b });
      }
      return undefined;
    });
    return found;
  }

  attempts(fromS = -1, toS = Number.POSITIVE_INFINITY): Attempt[] {
    const { arena } = this.run.sim.state;
    return ['send.attempt', 'send.attempt-avoiding']
      .flatMap((type) => this.seen(type, fromS, toS))
      .map(({ atS, a, b }) => ({
        atS,
        message: a,
        queue: `${queueOf(arena, b).group}#${queueOf(arena, b).queueId}`,
      }))
      .sort((x, y) => x.atS - y.atS);
  }

  /** How sends ended in (from, to], seconds. */
  results(fromS = -1, toS = Number.POSITIVE_INFINITY) {
    const ok = this.seen('send.ok', fromS, toS).length;
    const failed = this.seen('send.failed', fromS, toS);
    return { ok, failed: failed.length, failedAtS: failed.map(({ atS }) => atS) };
  }

  exceptions(): string[] {
    return this.seen('send.exception').map(({ b }) => textOf(this.run.sim.state.arena, b));
  }

  queue(brokerName: string, queueId: number): number {
    return internQueue(this.run.sim.state.arena, 'Orders', brokerName, queueId);
  }
}
