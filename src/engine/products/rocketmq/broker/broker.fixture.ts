import type { Kind } from '../../../core/kinds';
import { defineEvent, Handlers, Sim } from '../../../core/sim';
import type { TraceEntry } from '../../../core/trace';
import { addProcess, createEnv, type EnvParams, nodeOf, processOf } from '../../../model/env';
import { createLedger, messageSent, outcomeKnown } from '../../../model/ledger';
import { registerNet } from '../../../model/net';
import {
  divertFrozen,
  killProcess,
  markUp,
  processDown,
  processShutdown,
  processStart,
  registerProcesses,
  startProcess,
} from '../../../model/process';
import { addMessage, createArena, type World } from '../../../model/world';
import type { BrokerConfig } from '../../../scenario/config';
import { brokerDefaults, namesrvDefaults, producerDefaults, topicDefaults } from '../../../scenario/config';
import type { Failure } from '../../../view';
import { RECORD_FIXED_BYTES } from '../batch';
import {
  createNameserver,
  nameserverChannelClosed,
  nameserverDown,
  nameserverStart,
  registerNameserver,
} from '../nameserver/nameserver';
import { type SendResult, sendMessage } from '../protocol';
import {
  type Answered,
  channelActive,
  channelClosed,
  createRemoting,
  invoke,
  registerRemoting,
} from '../remoting';
import type { Broker, Producer, Rocket, RocketSim } from '../state';
import { registerTimers } from '../timers';
import { brokerDown, brokerShutdown, brokerStart, createBroker, registerBroker } from './broker';
import { brokerOf } from './store-state';

/** A small cluster for tests: brokers and name servers as they are, and a client that only sends. */
export interface ClusterOptions {
  version?: '5.3' | '4.9';
  seed?: number;
  env?: Partial<EnvParams>;
  brokers?: Record<string, Partial<BrokerConfig>>;
  nameservers?: number;
  topics?: Record<string, number>;
}

/** How a send ended: a response code, or what kept the answer away. */
export interface Reply {
  readonly message: number;
  readonly atUs: number;
  readonly tookUs: number;
  readonly status: number | string;
  readonly remark: string;
  readonly result: SendResult | undefined;
}

export interface SendOptions {
  topic?: string;
  queueId?: number;
  bodyBytes?: number;
  propertyBytes?: number;
  key?: number | string;
  wait?: boolean;
  timeoutMs?: number;
  to?: string;
  defaultTopicQueueNums?: number;
}

const PARAMS: EnvParams = {
  frozen: true,
  latencyUs: 500,
  jitterUs: 0,
  bandwidthBytesPerSecond: 1_000_000_000,
  fsyncUs: 8_000,
  sequentialBytesPerSecond: 500_000_000,
  fileSwitchUs: 0,
  dirtyBytesMax: 1_024_000_000,
  dirtyExpireUs: 0,
  diskCapacityBytes: 500_000_000_000,
  pageCacheBytes: 1_024_000_000,
  cores: 8,
};

interface Sent {
  readonly message: number;
  readonly beganUs: number;
  /** A closed loop: who sends again when this has ended. */
  readonly sender: number | undefined;
}

const sendDue = defineEvent<SendOptions & { readonly sender?: number }>('test.send');
const answered = defineEvent<Answered<Sent, SendResult | undefined>>('test.answered');

export class Cluster {
  readonly sim: RocketSim;
  readonly replies: Reply[] = [];

  constructor(options: ClusterOptions = {}) {
    const {
      version = '5.3',
      brokers = { 'broker-a:0': {} },
      nameservers = 1,
      topics = { Orders: 4 },
    } = options;
    const env = createEnv({ ...PARAMS, ...options.env });
    const names = [...new Set(Object.keys(brokers).map((id) => id.split(':')[0] as string))];
    const product = {
      version,
      aligned: true,
      topics: Object.entries(topics).map(([name, queues]) => ({
        name,
        queues,
        brokers: names,
        config: topicDefaults(queues),
      })),
      nameservers: new Map(),
      controllers: new Map(),
      brokers: new Map(),
      producers: new Map(),
      consumers: new Map(),
      groups: new Map(),
      resent: new Map(),
      databases: new Map(),
      timerBaseUs: [],
      activeTimers: [],
      workloadOn: false,
    } as unknown as Rocket;
    const world: World<Rocket> = { env, arena: createArena(), ledger: createLedger(), product, judges: {} };
    for (let i = 1; i <= nameservers; i++) {
      const id = `ns-${i}`;
      const node = addProcess(env, id, 'nameserver', id);
      product.nameservers.set(
        node,
        createNameserver(node, { id, host: id, config: namesrvDefaults(version) }),
      );
    }
    for (const [id, config] of Object.entries(brokers)) {
      const node = addProcess(env, id, 'broker', id);
      const [brokerName = '', brokerId = '0'] = id.split(':');
      const spec = {
        id,
        host: id,
        brokerName,
        brokerId: Number(brokerId),
        config: { ...brokerDefaults(version, { cores: env.params.cores }), ...config },
      };
      product.brokers.set(node, createBroker(world, node, spec));
    }
    const client = addProcess(env, 'client', 'client', 'client');
    product.producers.set(client, {
      node: client,
      config: producerDefaults(version),
      remoting: createRemoting(),
    } as unknown as Producer);
    this.sim = new Sim<World<Rocket>>({
      seed: options.seed ?? 1,
      state: world,
      handlers: this.handlers(),
      incarnationOf: (state, node) => processOf(state.env, node).incarnation,
      divert: divertFrozen as never,
    });
  }

  /** Starts everything at once, name servers first. */
  start(): this {
    this.sim.state.env.processes.forEach((_, node) => {
      startProcess(this.sim as never, node);
    });
    return this;
  }

  node(id: string): number {
    const node = nodeOf(this.sim.state.env, id);
    if (node === undefined) throw new Error(`no ${id}`);
    return node;
  }

  broker(id = 'broker-a:0'): Broker {
    return brokerOf(this.sim, this.node(id));
  }

  run(untilUs: number): this {
    this.sim.runUntil(untilUs);
    return this;
  }

  /** Runs until a kind of entry is made again; fails after a virtual minute. */
  runUntil(kind: Kind, id?: string): TraceEntry {
    const node = id === undefined ? undefined : this.node(id);
    let seen = this.sim.traceCount;
    const limitUs = this.sim.nowUs + 60_000_000;
    while (this.sim.nowUs < limitUs && this.sim.step()) {
      for (; seen < this.sim.traceCount; seen++) {
        const entry = this.sim.window?.get(seen);
        if (entry?.kind === kind && (node === undefined || entry.node === node)) return entry;
      }
    }
    throw new Error(`${kind.type} did not happen`);
  }

  /** Sends at a moment. */
  send(atUs: number, options: SendOptions = {}): void {
    this.sim.at(atUs, this.node('client'), sendDue, options);
  }

  /** One message every `everyUs`, the first at `fromUs`. */
  stream(fromUs: number, untilUs: number, everyUs: number, options: SendOptions = {}): void {
    for (let at = fromUs; at < untilUs; at += everyUs) this.send(at, options);
  }

  /** Senders that each wait for their answer before they send again. */
  closedLoop(fromUs: number, senders: number, options: SendOptions = {}): void {
    for (let sender = 0; sender < senders; sender++) {
      this.sim.at(fromUs, this.node('client'), sendDue, { ...options, sender });
    }
  }

  kill(id: string, failure: Failure): this {
    this.sim.intervene(() => killProcess(this.sim as never, this.node(id), failure));
    return this;
  }

  restart(id: string): this {
    this.sim.intervene(() => startProcess(this.sim as never, this.node(id)));
    return this;
  }

  /** Starts a broker and waits until it serves. */
  revive(id: string): this {
    this.restart(id);
    const process = processOf(this.sim.state.env, this.node(id));
    while (process.state !== 'up' && this.sim.step()) {}
    return this;
  }

  /** Entries of a kind, by a process when it is named. */
  entries(kind: Kind, id?: string): TraceEntry[] {
    const node = id === undefined ? undefined : this.node(id);
    const found: TraceEntry[] = [];
    this.sim.window?.scan(0, this.sim.traceCount, (entry) => {
      if (entry.kind === kind && (node === undefined || entry.node === node)) found.push(entry);
      return true;
    });
    return found;
  }

  count(kind: Kind, id?: string): number {
    return this.entries(kind, id).length;
  }

  private handlers(): Handlers<World<Rocket>> {
    const handlers = new Handlers<World<Rocket>>();
    registerNet(handlers as never);
    registerProcesses(handlers as never);
    registerTimers(handlers);
    registerRemoting(handlers);
    registerNameserver(handlers);
    registerBroker(handlers);
    const kindOf = (sim: RocketSim, node: number) => processOf(sim.state.env, node).kind;
    return handlers
      .on(processStart, (sim, node) => {
        if (kindOf(sim, node) === 'broker') brokerStart(sim, node);
        else if (kindOf(sim, node) === 'nameserver') nameserverStart(sim, node);
        else markUp(sim as never, node);
      })
      .on(processDown, (sim, node, { failure }) => {
        if (kindOf(sim, node) === 'broker') brokerDown(sim, node, failure);
        else if (kindOf(sim, node) === 'nameserver') nameserverDown(sim, node, failure);
      })
      .on(processShutdown, (sim, node) => brokerShutdown(sim, node))
      .on(channelActive, () => {})
      .on(channelClosed, (sim, node, { peer, conn, opened, idle }) => {
        if (!opened && kindOf(sim, node) === 'nameserver')
          nameserverChannelClosed(sim, node, peer, conn, idle);
      })
      .on(sendDue, (sim, node, options) => this.onSend(sim, node, options))
      .on(answered, (sim, node, { context, outcome }) => {
        const status = outcome.ok ? outcome.status : outcome.error;
        if (status === 0) outcomeKnown(sim as never, context.message, 1);
        this.replies.push({
          message: context.message,
          atUs: sim.nowUs,
          tookUs: sim.nowUs - context.beganUs,
          status,
          remark: outcome.ok ? outcome.remark : '',
          result: outcome.ok ? outcome.body : undefined,
        });
        if (context.sender !== undefined) sim.call(sendDue, node, { sender: context.sender });
      });
  }

  private onSend(sim: RocketSim, node: number, options: SendOptions & { sender?: number }): void {
    const ordinal = sim.state.arena.messages.length;
    const { topic = 'Orders', bodyBytes = 1024, propertyBytes = 60, key = ordinal, wait = true } = options;
    const message = addMessage(sim.state.arena, {
      bornUs: sim.nowUs,
      producer: node,
      topic,
      key,
      tag: '',
      bytes: bodyBytes,
      size: RECORD_FIXED_BYTES + bodyBytes + topic.length + propertyBytes,
      wait,
    });
    messageSent(sim.state.ledger, message);
    const body = {
      producerGroup: 'order-producers',
      message,
      topic,
      queueId: options.queueId ?? ordinal % 4,
      defaultTopic: 'TBW102',
      defaultTopicQueueNums: options.defaultTopicQueueNums ?? 4,
    };
    const to = this.node(options.to ?? 'broker-a:0');
    const context = { message, beganUs: sim.nowUs, sender: options.sender };
    const timeoutUs = (options.timeoutMs ?? 20_000) * 1000;
    const then = { event: answered, context };
    invoke(sim, node, to, sendMessage, body, { timeoutUs, mode: 'async', bytes: bodyBytes, message, then });
  }
}

export const MASTER = 'broker-a:0';
export const SLAVE = 'broker-a:1';

/** A master and a slave that have found each other by 15 s. */
export function pair(
  master: Partial<BrokerConfig> = {},
  { slave, ...more }: ClusterOptions & { slave?: Partial<BrokerConfig> } = {},
): Cluster {
  return new Cluster({
    ...more,
    brokers: { [MASTER]: master, [SLAVE]: { brokerRole: 'SLAVE', ...slave } },
  }).start();
}
