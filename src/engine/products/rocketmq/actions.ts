import { defineKind } from '../../core/kinds';
import { addProcess, hostOf, linkBetween, nodeOf, processOf } from '../../model/env';
import { diskFsyncSet, linkSlowed, partSlowed } from '../../model/kinds';
import {
  cutLink,
  freezeProcess,
  healLink,
  killProcess,
  shutdownProcess,
  startProcess,
} from '../../model/process';
import { noteFault, noteLinkFault } from '../../model/silence';
import { internText } from '../../model/world';
import type { ActResult } from '../../product';
import type { Action, ActionOf, AddedProcess, Slowness } from '../../scenario/types';
import { alterGroup } from './broker/alter-group';
import { createBroker, setBrokerConfig } from './broker/broker';
import { resetOffset } from './broker/service';
import { alterTopic, createTopicOn } from './broker/topics';
import {
  addDatabase,
  consumerConfigSet,
  createConsumer,
  failNext,
  pauseConsumer,
  resumeConsumer,
  setConsumerWorkload,
  setDatabaseWorkload,
} from './consumer/consumer';
import { electMasterByHand } from './controller/administration';
import { createNameserver } from './nameserver/nameserver';
import { changeWritePerm } from './nameserver/write-permission';
import {
  burst,
  createProducer,
  pauseProducer,
  resumeProducer,
  sendNow,
  setProducerWorkload,
} from './producer/producer';
import { resendDeadLetters } from './retry/resend';
import type { RocketSim } from './state';
import { traceSet } from './trace/dispatcher';

const configSet = defineKind('config.set', 'EN-17', {
  a: 'setting:text',
  beat: 'action',
  say: { en: '{node} now runs with {a}.', zh: '{node} 的配置变为 {a}。' },
});
const workloadSet = defineKind('workload.set', 'EN-17', {
  a: 'setting:text',
  beat: 'action',
  say: { en: 'The workload of {node} changes: {a}.', zh: '{node} 的负载改变：{a}。' },
});

const done: ActResult = { ok: true };

/** Does what a user asked for, now. Refuses what makes no sense, and says why. */
export function act(sim: RocketSim, action: Action): ActResult {
  switch (action.do) {
    case 'cut':
      return onPair(sim, action.between, (x, y) => cutLink(sim, x, y));
    case 'heal':
      return onPair(sim, action.between, (x, y) => heal(sim, x, y));
    case 'slow':
      return slow(sim, action);
    case 'drop':
      return onPair(sim, [action.from, action.to], (from, to) => {
        const link = linkBetween(sim.state.env, from, to);
        if (link.a === from) link.dropAB += action.messages;
        else link.dropBA += action.messages;
      });
    case 'add':
      return add(sim, action);
    case 'resetOffset':
      return resetOffset(sim, action.group, action.topic, action);
    case 'resendDeadLetters':
      return resendDeadLetters(sim, action);
    case 'createTopic':
      return createTopicOn(sim, action.topic);
    case 'alterTopic':
      return alterTopic(sim, action.topic, action.brokers, action.config, action.order);
    case 'alterGroup':
      return alterGroup(sim, action.group, action.config);
    case 'wipeWritePerm':
    case 'addWritePerm':
      return changeWritePerm(sim, action);
    case 'electMaster':
      return onProcess(sim, action.target, (node) => electMasterByHand(sim, node));
    default:
      if (action.do === 'set' && setDatabaseWorkload(sim, action.target, action.workload)) return done;
      return onProcess(sim, action.target, (node) => actOn(sim, node, action));
  }
}

type ProcessAction = ActionOf<
  'set' | 'send' | 'kill' | 'restart' | 'pause' | 'resume' | 'remove' | 'freeze' | 'burst' | 'fail'
>;

function actOn(sim: RocketSim, node: number, action: ProcessAction): ActResult {
  const { product, env } = sim.state;
  const process = processOf(env, node);
  const producer = product.producers.get(node);
  const consumer = product.consumers.get(node);
  if (action.do === 'restart') {
    if (process.state !== 'down') return refuse(`${process.name} is running.`, `${process.name} 正在运行。`);
    startProcess(sim, node);
    return done;
  }
  if (action.do === 'set') return set(sim, node, action);
  if (process.state === 'down') return refuse(`${process.name} is down.`, `${process.name} 没有运行。`);
  switch (action.do) {
    case 'kill':
      killProcess(sim, node, action.failure);
      return done;
    case 'remove':
      shutdownProcess(sim, node);
      return done;
    case 'freeze':
      freezeProcess(sim, node, action.forUs);
      return done;
    case 'send':
      if (producer === undefined)
        return refuse(`${process.name} is no producer.`, `${process.name} 不是生产者。`);
      sendNow(sim, node, action.message);
      return done;
    case 'burst':
      if (producer === undefined)
        return refuse(`${process.name} is no producer.`, `${process.name} 不是生产者。`);
      burst(sim, node, action.messages);
      return done;
    case 'fail':
      if (consumer === undefined)
        return refuse(`${process.name} is no consumer.`, `${process.name} 不是消费者。`);
      failNext(sim, node, action.messages);
      return done;
    default: {
      const pausing = action.do === 'pause';
      if (producer !== undefined) (pausing ? pauseProducer : resumeProducer)(sim, node);
      else if (consumer !== undefined) (pausing ? pauseConsumer : resumeConsumer)(sim, node);
      else
        return refuse(
          `Only clients can be paused; freeze ${process.name} instead.`,
          `只有客户端可以暂停；请改为冻结 ${process.name}。`,
        );
      return done;
    }
  }
}

function set(sim: RocketSim, node: number, { config, workload }: ActionOf<'set'>): ActResult {
  const { product, arena } = sim.state;
  const owner =
    product.nameservers.get(node) ??
    product.controllers.get(node) ??
    product.producers.get(node) ??
    product.consumers.get(node);
  const announce = () => {
    for (const [key, value] of Object.entries(config)) {
      sim.emit(configSet, node, internText(arena, `${key}=${value}`));
    }
  };
  if (product.brokers.has(node)) {
    const result = setBrokerConfig(sim, node, config, announce);
    if (!result.ok) return result;
  } else announce();
  if (owner !== undefined) owner.config = { ...owner.config, ...config } as never;
  if (product.consumers.has(node)) consumerConfigSet(sim, node);
  const client = product.producers.get(node) ?? product.consumers.get(node);
  if (client !== undefined && processOf(sim.state.env, node).state !== 'down') traceSet(sim, client);
  const changed = Object.keys(workload);
  if (changed.length > 0) {
    sim.emit(workloadSet, node, internText(arena, changed.join(', ')));
    if (product.producers.has(node)) setProducerWorkload(sim, node, workload);
    else if (product.consumers.has(node)) setConsumerWorkload(sim, node, workload);
  }
  return done;
}

function slow(sim: RocketSim, action: ActionOf<'slow'>): ActResult {
  const { env, arena } = sim.state;
  const { part, target, between, factor, fsyncUs, latencyUs } = action;
  if (between !== null) {
    return onPair(sim, between, (x, y) => {
      const link = linkBetween(env, x, y);
      if (factor === 1) link.latencyUs = link.baseLatencyUs;
      if (factor !== null) link.factor = factor;
      if (latencyUs !== null) link.latencyUs = latencyUs;
      sim.emit(linkSlowed, x, y, Math.ceil((link.latencyUs ?? env.params.latencyUs) * link.factor));
      noteLinkFault(sim, x, y);
    });
  }
  return onProcess(sim, target ?? '', (node) => {
    if (fsyncUs !== null) {
      hostOf(env, node).disk.fsyncUs = fsyncUs;
      sim.emit(diskFsyncSet, node, fsyncUs);
      noteFault(sim, node);
    }
    if (latencyUs !== null) {
      env.processes.forEach((_, other) => {
        if (other !== node) linkBetween(env, node, other).latencyUs = latencyUs;
      });
      sim.emit(linkSlowed, node, node, latencyUs);
      env.processes.forEach((_, other) => {
        noteLinkFault(sim, node, other);
      });
    }
    if (factor !== null) {
      if (factor === 1) restoreConfigured(sim, node, part);
      if (part === 'disk') hostOf(env, node).disk.factor = factor;
      else if (part === 'cpu') hostOf(env, node).cpu.factor = factor;
      else processOf(env, node).networkFactor = factor;
      sim.emit(partSlowed, node, internText(arena, part), factor);
      noteFault(sim, node);
    }
    return done;
  });
}

/** Factor 1 gives the configured value back, also where a new value had been given. */
function restoreConfigured(sim: RocketSim, node: number, part: Slowness['part']): void {
  const { env } = sim.state;
  if (part === 'disk') hostOf(env, node).disk.fsyncUs = env.params.fsyncUs;
  if (part !== 'network') return;
  for (const link of env.links.values()) {
    if (link.a === node || link.b === node) link.latencyUs = link.baseLatencyUs;
  }
}

/** The link as the scenario has it: not cut, not slowed. */
function heal(sim: RocketSim, x: number, y: number): void {
  const link = linkBetween(sim.state.env, x, y);
  link.factor = 1;
  link.latencyUs = link.baseLatencyUs;
  healLink(sim, x, y);
}

function add(sim: RocketSim, action: AddedProcess): ActResult {
  const { product, env } = sim.state;
  const { id } = action.spec;
  if (nodeOf(env, id) !== undefined || product.databases.has(id))
    return refuse(`${id} exists already.`, `${id} 已经存在。`);
  if (action.role === 'database') {
    addDatabase(sim, action.spec);
    return done;
  }
  const node = addProcess(env, id, action.role, action.spec.host);
  if (action.role === 'nameserver') product.nameservers.set(node, createNameserver(node, action.spec));
  else if (action.role === 'broker') product.brokers.set(node, createBroker(sim.state, node, action.spec));
  else if (action.role === 'producer')
    product.producers.set(node, createProducer(sim.state, node, action.spec));
  else product.consumers.set(node, createConsumer(node, action.spec));
  startProcess(sim, node);
  return done;
}

/** A process by id, or by the role it plays now: `leaderOf:busiest`, `replicaOf:busiest`, `metadata`, `consumer:1`. */
function resolve(sim: RocketSim, target: string): number | undefined {
  const { product, env } = sim.state;
  const known = nodeOf(env, target);
  if (known !== undefined) return known;
  if (target === 'metadata') return product.nameservers.keys().next().value;
  if (target.startsWith('consumer:')) return [...product.consumers.keys()][Number(target.slice(9)) - 1];
  if (target !== 'leaderOf:busiest' && target !== 'replicaOf:busiest') return undefined;
  const masters = [...product.brokers.values()].filter((broker) => broker.brokerId === 0);
  const length = (node: number) => product.brokers.get(node)?.store.log.records.length ?? 0;
  const busiest = masters.reduce<number | undefined>(
    (best, { node }) => (best === undefined || length(node) > length(best) ? node : best),
    undefined,
  );
  if (busiest === undefined || target === 'leaderOf:busiest') return busiest;
  const name = product.brokers.get(busiest)?.brokerName;
  return [...product.brokers.values()].find((broker) => broker.brokerName === name && broker.brokerId !== 0)
    ?.node;
}

function onProcess(sim: RocketSim, target: string, body: (node: number) => ActResult): ActResult {
  const node = resolve(sim, target);
  return node === undefined ? unknown(target) : body(node);
}

function onPair(
  sim: RocketSim,
  [one, other]: readonly [string, string],
  body: (x: number, y: number) => void,
): ActResult {
  const x = resolve(sim, one);
  const y = resolve(sim, other);
  if (x === undefined) return unknown(one);
  if (y === undefined) return unknown(other);
  body(x, y);
  return done;
}

function unknown(target: string): ActResult {
  return refuse(`There is no ${target}.`, `没有 ${target}。`);
}

function refuse(en: string, zh: string): ActResult {
  return { ok: false, message: { en, zh } };
}
