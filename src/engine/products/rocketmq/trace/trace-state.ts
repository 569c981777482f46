import type { TraceLine } from './trace-lines';

export const TRACE_TOPIC = 'RMQ_SYS_TRACE_TOPIC';

/** `AsyncTraceDispatcher` of one client: all of it lives in the memory of the process. */
export interface TraceDispatcher {
  /** `traceContextQueue`. */
  queue: TraceContext[];
  lastFlushUs: number;
  /** For when the worker's next look is scheduled; Infinity while it would find nothing. */
  dueUs: number;
  /** `discardCount`. */
  discarded: number;
  /** `sendWhichQueue`. */
  turn: number;
  /** Messages with trace data that wait for a route. */
  routing: number;
  /** The client shuts down: the process goes when nothing waits for a route any longer. */
  leaving: boolean;
  /** A message whose broker does not want a trace has been told of. */
  toldOff: boolean;
}

/** `TraceContext`: what one hook has noted; a call of a listener has a line for each of its messages. */
export interface TraceContext {
  readonly frozen: true;
  readonly topic: string;
  readonly lines: readonly TraceLine[];
}

/** A message with trace data on its way. */
export interface TraceSend {
  readonly frozen: true;
  /** Contexts in it. */
  readonly entries: number;
  readonly message: number;
  /** Its lines in `Arena.lists`. */
  readonly list: number;
  readonly beginUs: number;
  readonly attempts: number;
  readonly brokerName: string;
  readonly queueId: number;
}

export function createTrace(enabled: boolean, nowUs: number): TraceDispatcher | undefined {
  if (!enabled) return undefined;
  return {
    queue: [],
    lastFlushUs: nowUs,
    dueUs: Number.POSITIVE_INFINITY,
    discarded: 0,
    turn: -1,
    routing: 0,
    leaving: false,
    toldOff: false,
  };
}
