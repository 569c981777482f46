import type { Pair } from '../../../engine/scenario/types';
import type { ConfigValue } from '../../../state/engine-data';
import type { ActionRequest } from '../../../worker/protocol';

export const FREEZE_SECONDS = 3;
export const SLOW_LATENCY_MS = 150;
export const SLOW_FSYNC_MS = 400;
export const BACKLOG_MESSAGES = 5_000;
export const SLOW_HANDLER_MS = 1_000;

/** Actions as a scenario file writes them, without their moment. */
export const setConfig = (target: string, key: string, value: ConfigValue): ActionRequest => ({
  do: 'set',
  target,
  config: { [key]: value },
});

export const setWorkload = (target: string, workload: Readonly<Record<string, unknown>>): ActionRequest => ({
  do: 'set',
  target,
  workload,
});

export const kill = (target: string, failure: 'process' | 'power' | 'disk'): ActionRequest => ({
  do: 'kill',
  target,
  failure,
});

export const onProcess = (
  verb: 'restart' | 'remove' | 'pause' | 'resume',
  target: string,
): ActionRequest => ({ do: verb, target });

export const freeze = (target: string): ActionRequest => ({
  do: 'freeze',
  target,
  for: `${FREEZE_SECONDS}s`,
});

export const onLink = (verb: 'cut' | 'heal', between: Pair): ActionRequest => ({ do: verb, between });

export const slowLink = (between: Pair, latencyMs: number): ActionRequest => ({
  do: 'slow',
  part: 'network',
  between,
  latencyMs,
});

/** Factor 1 gives the configured value back. */
export const ordinaryLink = (between: Pair): ActionRequest => ({
  do: 'slow',
  part: 'network',
  between,
  factor: 1,
});

export const slowDisk = (target: string): ActionRequest => ({
  do: 'slow',
  part: 'disk',
  target,
  fsyncMs: SLOW_FSYNC_MS,
});

export const ordinaryPart = (part: 'disk' | 'cpu' | 'network', target: string): ActionRequest => ({
  do: 'slow',
  part,
  target,
  factor: 1,
});

export const dropNext = ([from, to]: Pair): ActionRequest => ({ do: 'drop', from, to, messages: 1 });

export const burst = (target: string, messages: number): ActionRequest => ({ do: 'burst', target, messages });

export const failNext = (target: string, messages: number): ActionRequest => ({
  do: 'fail',
  target,
  messages,
});

export const sendOne = (target: string, message: Readonly<Record<string, unknown>>): ActionRequest => ({
  do: 'send',
  target,
  // What is left empty comes from the producer's workload.
  message: Object.fromEntries(Object.entries(message).filter(([, part]) => part !== '' && part !== null)),
});

export const resetOffset = (
  group: string,
  topic: string,
  point: Readonly<Record<string, string | number>>,
): ActionRequest => ({ do: 'resetOffset', group, topic, ...point });

export const alterGroup = (group: string, config: Readonly<Record<string, ConfigValue>>): ActionRequest => ({
  do: 'alterGroup',
  group,
  config,
});

export const resendDeadLetters = (group: string): ActionRequest => ({ do: 'resendDeadLetters', group });
