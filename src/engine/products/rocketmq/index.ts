import { hashText } from '../../core/rng';
import { defineEvent, type Handlers } from '../../core/sim';
import {
  addHost,
  addProcess,
  createEnv,
  type EnvParams,
  linkBetween,
  nodeOf,
  processOf,
} from '../../model/env';
import { createLedger } from '../../model/ledger';
import { processDown, processShutdown, processStart, startProcess } from '../../model/process';
import { createArena, type World } from '../../model/world';
import { type Product, WARM_UP_US } from '../../product';
import type { Scenario } from '../../scenario/types';
import { act } from './actions';
import { brokerDown, brokerShutdown, brokerStart, createBroker, registerBroker } from './broker/broker';
import { serviceChannelClosed } from './broker/service';
import { clientChannelActive } from './client/client';
import {
  consumerChannelActive,
  consumerDown,
  consumerShutdown,
  consumerStart,
  createConsumer,
  createDatabase,
  registerConsumer,
} from './consumer/consumer';
import {
  controllerChannelClosed,
  controllerDown,
  controllerShutdown,
  controllerStart,
  createController,
  registerController,
} from './controller/controller';
import {
  createNameserver,
  nameserverChannelClosed,
  nameserverDown,
  nameserverShutdown,
  nameserverStart,
  registerNameserver,
} from './nameserver/nameserver';
import {
  createProducer,
  producerDown,
  producerShutdown,
  producerStart,
  registerProducer,
  startWorkload,
} from './producer/producer';
import { channelActive, channelClosed, registerRemoting } from './remoting';
import type { Rocket, RocketSim } from './state';
import { rebaseTimers, registerTimers } from './timers';
import { messageTrace } from './trace/message-trace';
import { flight, groupOf, groupsOf, logs, moves, offsets, readsAlone, routes, view, wants } from './view';

const START_AT = hashText('start-at');
const kindOrder = ['nameserver', 'controller', 'broker', 'producer', 'consumer'];
const CLIENTS_FROM = kindOrder.indexOf('producer');

/** Apache RocketMQ 5.3.3, and 4.9.8 by the rows of VC-1. */
export const rocketmq: Product<Rocket> = {
  id: 'rocketmq',
  create,
  register,
  begin,
  act,
  view,
  logs,
  groupOf,
  readsAlone,
  groupsOf,
  wants,
  deadLetterTopicOf: (group) => `%DLQ%${group}`,
  routes,
  offsets,
  flight,
  moves,
  messageTrace,
};

const starting = defineEvent<{ node: number }>('cluster.start-process');

function create(scenario: Scenario): World<Rocket> {
  const env = createEnv(environmentOf(scenario));
  for (const { id } of scenario.environment.hosts) addHost(env, id);
  const product: Rocket = {
    version: scenario.productVersion,
    aligned: scenario.phases === 'aligned',
    topics: scenario.topics.map((topic) => ({ ...topic })),
    groups: new Map(scenario.subscriptionGroups.map(({ name, config }) => [name, config])),
    resent: new Map(),
    nameservers: new Map(),
    controllers: new Map(),
    brokers: new Map(),
    producers: new Map(),
    consumers: new Map(),
    databases: new Map(scenario.databases.map((spec) => [spec.id, createDatabase(spec)])),
    timerBaseUs: [],
    activeTimers: [],
    workloadOn: false,
  };
  const world: World<Rocket> = {
    env,
    arena: createArena(),
    ledger: createLedger(),
    product,
    judges: {},
  };
  for (const spec of scenario.nameservers) {
    product.nameservers.set(
      ...withNode(addProcess(env, spec.id, 'nameserver', spec.host), (node) =>
        createNameserver(node, spec, scenario.topics),
      ),
    );
  }
  for (const spec of scenario.controllers) {
    product.controllers.set(
      ...withNode(addProcess(env, spec.id, 'controller', spec.host), (node) => createController(node, spec)),
    );
  }
  for (const spec of scenario.brokers) {
    product.brokers.set(
      ...withNode(addProcess(env, spec.id, 'broker', spec.host), (node) => createBroker(world, node, spec)),
    );
  }
  for (const spec of scenario.producers) {
    product.producers.set(
      ...withNode(addProcess(env, spec.id, 'producer', spec.host), (node) =>
        createProducer(world, node, spec),
      ),
    );
  }
  for (const spec of scenario.consumers) {
    product.consumers.set(
      ...withNode(addProcess(env, spec.id, 'consumer', spec.host), (node) => createConsumer(node, spec)),
    );
  }
  for (const { between, latencyUs, bandwidthBytesPerSecond } of scenario.environment.links) {
    const [x, y] = between.map((id) => nodeOf(env, id));
    if (x === undefined || y === undefined) continue;
    const link = linkBetween(env, x, y);
    link.latencyUs = latencyUs;
    link.baseLatencyUs = latencyUs;
    link.bandwidthBytesPerSecond = bandwidthBytesPerSecond;
  }
  return world;
}

function environmentOf({ environment: { network, disk, memory, cpu } }: Scenario): EnvParams {
  return {
    frozen: true,
    ...network,
    fsyncUs: disk.fsyncUs,
    sequentialBytesPerSecond: disk.sequentialBytesPerSecond,
    fileSwitchUs: disk.fileSwitchUs,
    dirtyBytesMax: disk.dirtyBytes,
    dirtyExpireUs: disk.dirtyExpireUs,
    diskCapacityBytes: disk.capacityBytes,
    pageCacheBytes: memory.pageCacheBytes,
    cores: cpu.cores,
  };
}

function withNode<T>(node: number, make: (node: number) => T): [number, T] {
  return [node, make(node)];
}

function register(handlers: Handlers<World<Rocket>>): void {
  registerTimers(handlers);
  registerRemoting(handlers);
  registerNameserver(handlers);
  registerController(handlers);
  registerBroker(handlers);
  registerProducer(handlers);
  registerConsumer(handlers);
  const byKind = (kind: string) => kindOrder.indexOf(kind);
  handlers
    .on(starting, (sim, _node, { node }) => startProcess(sim, node))
    .on(processStart, (sim, node) =>
      [nameserverStart, controllerStart, brokerStart, producerStart, consumerStart][
        byKind(processOf(sim.state.env, node).kind)
      ]?.(sim, node),
    )
    .on(processDown, (sim, node, { failure }) =>
      [nameserverDown, controllerDown, brokerDown, producerDown, consumerDown][
        byKind(processOf(sim.state.env, node).kind)
      ]?.(sim, node, failure),
    )
    .on(channelActive, (sim, node, { to }) => {
      const kind = byKind(processOf(sim.state.env, node).kind);
      if (kind >= CLIENTS_FROM) clientChannelActive(sim, node, to);
      if (kind > CLIENTS_FROM) consumerChannelActive(sim, node, to);
    })
    .on(channelClosed, (sim, node, { peer, conn, opened, idle }) => {
      if (opened) return;
      const { kind } = processOf(sim.state.env, node);
      if (kind === 'nameserver') nameserverChannelClosed(sim, node, peer, conn, idle);
      else if (kind === 'controller') controllerChannelClosed(sim, node, peer, conn);
      else if (kind === 'broker') serviceChannelClosed(sim, node, peer, conn);
    })
    .on(processShutdown, (sim, node) =>
      [nameserverShutdown, controllerShutdown, brokerShutdown, producerShutdown, consumerShutdown][
        byKind(processOf(sim.state.env, node).kind)
      ]?.(sim, node),
    );
}

/**
 * A warm start is a cold start that began in time: processes start in the first minute of the warm-up, brokers
 * before clients, the workload waits, and at 0 the history is forgotten. With aligned phases each timer then
 * ticks as if its process had started at 0; otherwise the moments of the starts have given it its phase.
 */
function begin(sim: RocketSim, scenario: Scenario): void {
  if (scenario.start === 'cold') {
    for (const node of sim.state.env.processes.keys()) startProcess(sim, node);
    startWorkload(sim);
    return;
  }
  const spread = 20_000_000;
  sim.state.env.processes.forEach(({ kind }, node) => {
    const slot = kind === 'nameserver' || kind === 'controller' ? 0 : kind === 'broker' ? 1 : 2;
    sim.at(-WARM_UP_US + slot * spread + sim.drawBelow(spread, node, START_AT, 0), -1, starting, { node });
  });
  sim.runUntil(0);
  if (scenario.phases === 'aligned') rebaseTimers(sim);
  sim.forgetHistory();
  startWorkload(sim);
}
