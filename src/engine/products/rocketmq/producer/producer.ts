import type { Handlers } from '../../../core/sim';
import { createTable } from '../../../core/table';
import { markUp } from '../../../model/process';
import type { World } from '../../../model/world';
import type { ProducerSpec } from '../../../scenario/types';
import { clientDown, clientStart, createClient, registerClient } from '../client/client';
import { createRemoting } from '../remoting';
import type { Producer, Rocket, RocketSim } from '../state';
import { baseTimers, startTimer } from '../timers';
import { forgetTrace, registerTrace, shutDownTraced } from '../trace/dispatcher';
import { createTrace } from '../trace/trace-state';
import { detectorTimer, registerDetector } from './latency-faults';
import { abortTransactions, registerTransactions } from './transaction';
import { beginLoad, producerOf, registerWorkload } from './workload';

/** A producer process: a client instance, a `DefaultMQProducer`, and the application that sends. */
export {
  burst,
  pauseProducer,
  resumeProducer,
  sendNow,
  setProducerWorkload,
  startWorkload,
} from './workload';

export function createProducer(_world: World<Rocket>, node: number, spec: ProducerSpec): Producer {
  return {
    node,
    spec,
    config: spec.config,
    remoting: createRemoting(),
    client: createClient(),
    trace: undefined,
    state: {
      paused: false,
      made: 0,
      ordinal: 0,
      load: { epoch: 0, baseUs: 0, ratePerSecond: 0, untilUs: Number.POSITIVE_INFINITY, next: 0 },
      threads: new Set(),
      counters: new Map(),
      counterDraws: 0,
      faults: new Map(),
      weights: undefined,
      selectorQueues: new Map(),
      queueNumbers: new Map(),
      transactions: new Map(),
      remembered: createTable(['u8']),
      checksAnswered: 0,
      sent: 0,
      acknowledged: 0,
      failed: 0,
    },
  };
}

/**
 * `DefaultMQProducer#start` needs no name server. In the warm-up the application is taken to have sent before, so
 * the poll knows its topic; a producer that starts later asks with its first message (CL-5).
 */
export function producerStart(sim: RocketSim, node: number): void {
  const producer = producerOf(sim, node);
  baseTimers(sim, node);
  clientStart(sim, node);
  producer.trace = createTrace(producer.config.enableTrace, sim.nowUs);
  if (sim.nowUs < 0) producer.client.publishTopics.add(producer.spec.topic);
  if (producer.config.startDetectorEnable) startTimer(sim, node, detectorTimer);
  markUp(sim, node);
  beginLoad(sim, producer);
}

/** The process ended: messages in its memory, routes and penalties are gone; what the workload has made stays counted. */
export function producerDown(sim: RocketSim, node: number): void {
  const producer = producerOf(sim, node);
  const { state } = producer;
  abortTransactions(sim, producer);
  forgetTrace(sim, node);
  producer.trace = undefined;
  clientDown(sim, node);
  state.load.epoch++;
  state.threads = new Set();
  state.counters = new Map();
  state.faults = new Map();
  state.selectorQueues = new Map();
  state.remembered = createTable(['u8']);
}

export function producerShutdown(sim: RocketSim, node: number): void {
  shutDownTraced(sim, node);
}

/** Also registers the client instance, which consumers share. */
export function registerProducer(handlers: Handlers<World<Rocket>>): void {
  registerClient(handlers);
  registerTrace(handlers);
  registerDetector(handlers);
  registerWorkload(handlers);
  registerTransactions(handlers);
}
