import { parseScenario } from '../scenario/parse';
import { serializeScenario } from '../scenario/serialize';
import type { Action, Load, ProducerSpec, Scenario } from '../scenario/types';
import type { Trial } from './trial';

/** Runs at most: a shrunk scenario is for a person to look at, not the smallest there is. */
const TRIES_MAX = 150;

/**
 * A smaller trial that still fails: processes and actions taken away, less work, faults sooner and shorter, one step
 * at a time for as long as `fails` says yes. Its scenario is one that a file can hold.
 */
export function shrink(trial: Trial, fails: (smaller: Trial) => boolean): Trial {
  let smallest = trial;
  let size = sizeOf(trial);
  let tries = 0;
  for (let found = true; found; ) {
    found = false;
    for (const step of steps(smallest)) {
      if (tries >= TRIES_MAX) return smallest;
      const smaller = readable(step);
      if (smaller === undefined || sizeOf(smaller) === size) continue;
      tries++;
      if (!fails(smaller)) continue;
      smallest = smaller;
      size = sizeOf(smaller);
      found = true;
      break;
    }
  }
  return smallest;
}

/** What there is to make smaller; equal for a step that changes nothing. */
const sizeOf = ({ scenario, untilUs }: Trial) => JSON.stringify([serializeScenario(scenario), untilUs]);

/** The trial as its file would be read; undefined where no file could say it. */
function readable(trial: Trial): Trial | undefined {
  const parsed = parseScenario(serializeScenario(trial.scenario));
  return parsed.ok ? { ...trial, scenario: parsed.scenario } : undefined;
}

/** Smaller trials, the largest steps first. */
function* steps(trial: Trial): Generator<Trial> {
  const { scenario } = trial;
  const having = (part: Partial<Scenario>): Trial => ({ ...trial, scenario: { ...scenario, ...part } });
  for (const part of ['consumers', 'brokers', 'controllers', 'nameservers', 'databases'] as const) {
    const list: readonly unknown[] = scenario[part];
    for (let at = list.length - 1; at >= 0; at--) yield having({ [part]: without(list, at) });
  }
  for (let at = scenario.actions.length - 1; at >= 0; at--) {
    yield having({ actions: without(scenario.actions, at) });
  }
  yield* sooner(trial);
  yield having({ producers: scenario.producers.map(fewer) });
  yield having({ producers: scenario.producers.map(slower) });
  yield having({
    topics: scenario.topics.map((topic) => {
      const queues = Math.max(1, topic.queues >> 1);
      return {
        ...topic,
        queues,
        config: { ...topic.config, readQueueNums: queues, writeQueueNums: queues },
      };
    }),
  });
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);

const fewer = (producer: ProducerSpec): ProducerSpec => ({
  ...producer,
  messages: producer.messages === null ? null : Math.ceil(producer.messages / 2),
});

function slower(producer: ProducerSpec): ProducerSpec {
  const load: Load =
    producer.load.kind === 'rate'
      ? { kind: 'rate', ratePerSecond: Math.max(1, Math.floor(producer.load.ratePerSecond / 2)) }
      : producer.load;
  return { ...producer, load };
}

/** Half of the time before an action taken away: all that follows comes so much sooner. */
function* sooner(trial: Trial): Generator<Trial> {
  const { scenario, untilUs } = trial;
  const { actions } = scenario;
  for (let at = 0; at < actions.length; at++) {
    const gapUs = (actions[at]?.atUs ?? 0) - (actions[at - 1]?.atUs ?? 0);
    const lessUs = Math.floor(gapUs / 2_000_000) * 1_000_000;
    // The probes come when all has come right: that takes its time.
    if (lessUs === 0 || actions[at]?.do === 'send') continue;
    const earlier = (action: Action, index: number): Action =>
      index < at || action.atUs === null ? action : { ...action, atUs: action.atUs - lessUs };
    yield {
      ...trial,
      scenario: { ...scenario, actions: actions.map(earlier) },
      untilUs: untilUs - lessUs,
    };
  }
}
