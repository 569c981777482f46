import type { Kind } from '../../../core/kinds';
import type { TraceEntry } from '../../../core/trace';
import { nodeOf } from '../../../model/env';
import { Run } from '../../../run';
import type { ConfigPatch } from '../../../scenario/config';
import { parseScenario } from '../../../scenario/parse';
import { pieceSent } from './ha-kinds';

/** Whole runs for the scenarios of the syllabus: a file, actions, and moments found in the trace. */

export function startRun(scenario: object): Run {
  const parsed = parseScenario({
    format: 'mq-playground/scenario@1',
    model: 1,
    product: 'rocketmq',
    phases: 'aligned',
    environment: { network: { latencyMs: 0.475, jitterMs: 0.05 }, disk: { fsyncMs: 8 } },
    nameservers: [{ id: 'ns-1' }],
    topics: [{ name: 'Orders', queues: 4, brokers: ['broker-a'] }],
    ...scenario,
  });
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return new Run(parsed.scenario);
}

export const brokerSpec = (id: string, config: ConfigPatch) => ({
  id,
  brokerName: 'broker-a',
  brokerId: Number(id.split(':')[1]),
  config,
});
export const producerSpec = (load: object) => ({
  id: 'producer-1',
  group: 'order-producers',
  topic: 'Orders',
  bodyBytes: 1_024,
  ...load,
});

export const act = (run: Run, deed: object) => run.act({ atUs: 0, afterStep: null, ...deed } as never);
export const kill = (run: Run, target: string, failure: 'process' | 'power' | 'disk') =>
  act(run, { do: 'kill', target, failure });

/** Runs until an entry of a kind is made. */
export function runUntil(run: Run, kind: Kind, id?: string): TraceEntry {
  const { sim } = run;
  const node = id === undefined ? undefined : nodeOf(sim.state.env, id);
  for (let seen = sim.traceCount; run.step(); ) {
    for (; seen < sim.traceCount; seen++) {
      const entry = sim.window?.get(seen);
      if (entry?.kind === kind && (node === undefined || entry.node === node)) return entry;
    }
  }
  throw new Error(`${kind.type} did not happen`);
}

/** Runs to the end of the next sleep of the master's HA sender: 99 ms behind the last piece of a burst. */
export function endOfSleep(run: Run): void {
  let last = runUntil(run, pieceSent);
  const limitUs = last.timeUs + 10_000_000;
  while (run.sim.nowUs < Math.min(last.timeUs + 99_000, limitUs) && run.step()) {
    const entry = run.sim.window?.get(run.sim.traceCount - 1);
    if (entry?.kind === pieceSent && entry.id !== last.id) last = entry;
  }
}
