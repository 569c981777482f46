import type { Action, ActionOf, Pair } from '../../engine/scenario/types';

export const FREEZE_SECONDS = 3;
export const SLOW_LATENCY_MS = 150;

/**
 * What the graph asks to be done to the cluster: actions as a scenario file writes them, without their moment.
 * Each one names the engine's `Action` that it becomes.
 */
export type GraphCommand =
  | { readonly do: 'kill'; readonly target: string; readonly failure: ActionOf<'kill'>['failure'] }
  | {
      readonly do: Extract<Action['do'], 'restart' | 'pause' | 'resume' | 'remove' | 'electMaster'>;
      readonly target: string;
    }
  | { readonly do: 'freeze'; readonly target: string; readonly for: string }
  | { readonly do: ActionOf<'wipeWritePerm' | 'addWritePerm'>['do']; readonly brokerName: string }
  | { readonly do: Extract<Action['do'], 'cut' | 'heal'>; readonly between: Pair }
  | ({ readonly do: 'slow'; readonly part: 'network'; readonly between: Pair } & (
      | { readonly latencyMs: number }
      | { readonly factor: number }
    ));

export const freeze = (target: string): GraphCommand => ({ do: 'freeze', target, for: `${FREEZE_SECONDS}s` });

export const slowLink = (between: Pair): GraphCommand => ({
  do: 'slow',
  part: 'network',
  between,
  latencyMs: SLOW_LATENCY_MS,
});

/** Factor 1 gives the link the latency back that the scenario says. */
export const ordinarySpeed = (between: Pair): GraphCommand => ({
  do: 'slow',
  part: 'network',
  between,
  factor: 1,
});
