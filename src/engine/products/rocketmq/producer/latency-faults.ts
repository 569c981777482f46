import { defineEvent, type Handlers } from '../../../core/sim';
import { internText, type World } from '../../../model/world';
import { findBrokerInPublish } from '../client/route-tables';
import { getMaxOffset } from '../protocol';
import { type Answered, invoke } from '../remoting';
import type { Producer, Rocket, RocketSim } from '../state';
import { defineTimer } from '../timers';
import { brokerAvoided, detectorProbed } from './producer-kinds';
import type { FaultItem } from './producer-state';

/** Latency fault tolerance (PR-10) and its detector (PR-11); both are off by default. */

interface PenaltyTable {
  readonly latencyMs: readonly number[];
  readonly avoidMs: readonly number[];
  /** Latency that stands for a failure. */
  readonly isolationMs: number;
}
/** `MQFaultStrategy` since 5.1.4. */
const TABLE_5: PenaltyTable = {
  latencyMs: [50, 100, 550, 1_800, 3_000, 5_000, 15_000],
  avoidMs: [0, 0, 2_000, 5_000, 6_000, 10_000, 30_000],
  isolationMs: 10_000,
};
const TABLE_4: PenaltyTable = {
  latencyMs: [50, 100, 550, 1_000, 2_000, 3_000, 15_000],
  avoidMs: [0, 0, 30_000, 60_000, 120_000, 180_000, 600_000],
  isolationMs: 30_000,
};

/** `ClientConfig.detectInterval` and `ClientConfig.detectTimeout`. */
const DETECT_INTERVAL_US = 2_000_000;
const DETECT_TIMEOUT_US = 200_000;

/** `LatencyFaultToleranceImpl#startDetector`: first after 3 s, every 3 s. */
export const detectorTimer = defineTimer('producer.detector', 3_000_000, 3_000_000, detect);
const probeAnswered =
  defineEvent<Answered<{ frozen: true; brokerName: string; broker: number }, number>>(
    'producer.probe-answered',
  );

/** `MQFaultStrategy#computeNotAvailableDuration`, µs. */
export function penaltyUs(version: Rocket['version'], latencyUs: number, isolated: boolean): number {
  const { latencyMs, avoidMs, isolationMs } = version === '4.9' ? TABLE_4 : TABLE_5;
  const latency = isolated ? isolationMs : latencyUs / 1000;
  for (let i = latencyMs.length - 1; i >= 0; i--) {
    if (latency >= (latencyMs[i] as number)) return (avoidMs[i] as number) * 1000;
  }
  return 0;
}

/** Records how an attempt at a broker went. */
export function recordLatency(
  sim: RocketSim,
  { node, config, state }: Producer,
  brokerName: string,
  latencyUs: number,
  isolated: boolean,
  reachable: boolean,
): void {
  if (!config.sendLatencyFaultEnable) return;
  const item: FaultItem = state.faults.get(brokerName) ?? {
    latencyUs: 0,
    startUs: sim.nowUs,
    reachable: true,
    checkUs: 0,
  };
  state.faults.set(brokerName, item);
  item.latencyUs = latencyUs;
  item.reachable = reachable;
  const forUs = penaltyUs(sim.state.product.version, latencyUs, isolated);
  if (forUs === 0 || sim.nowUs + forUs <= item.startUs) return;
  item.startUs = sim.nowUs + forUs;
  const cause = sim.currentCause;
  sim.because(cause, () => {
    sim.emit(brokerAvoided, node, internText(sim.state.arena, brokerName), forUs);
  });
}

export function isAvailable(sim: RocketSim, { state }: Producer, brokerName: string): boolean {
  const item = state.faults.get(brokerName);
  return item === undefined || sim.nowUs >= item.startUs;
}

export function isReachable({ state }: Producer, brokerName: string): boolean {
  return state.faults.get(brokerName)?.reachable ?? true;
}

export function registerDetector(handlers: Handlers<World<Rocket>>): void {
  handlers.on(probeAnswered, (sim, node, { context, outcome }) => {
    const item = sim.state.product.producers.get(node)?.state.faults.get(context.brokerName);
    sim.emit(detectorProbed, node, context.broker, outcome.ok ? 1 : 0);
    if (item !== undefined && outcome.ok) item.reachable = true;
  });
}

function detect(sim: RocketSim, node: number): void {
  const producer = sim.state.product.producers.get(node);
  const topic = producer?.client.publish.keys().next().value;
  if (producer === undefined || topic === undefined) return;
  const { state, client } = producer;
  for (const [brokerName, item] of state.faults) {
    if (sim.nowUs < item.checkUs) continue;
    item.checkUs = sim.nowUs + DETECT_INTERVAL_US;
    const broker = findBrokerInPublish(client, brokerName);
    if (broker === undefined) {
      state.faults.delete(brokerName);
      continue;
    }
    const then = { event: probeAnswered, context: { frozen: true as const, brokerName, broker } };
    invoke(sim, node, broker, getMaxOffset, { topic, queueId: 0 }, { timeoutUs: DETECT_TIMEOUT_US, then });
  }
}
