import type { EventType } from '../../core/sim';

/**
 * RocketMQ's remoting: one channel to a peer, requests with a number, answers, oneways. Client side as
 * `NettyRemotingClient` (CL-12 to CL-16), server side as `NettyRemotingServer`.
 */
export interface Remoting {
  /** Channels that this process opened, by peer. */
  channels: Map<number, Channel>;
  /** Connections that this process accepted, by connection number: the peer. */
  accepted: Map<number, number>;
  pending: Map<number, Pending>;
  nextId: number;
  /** Earliest moment for which a deadline check is scheduled; Infinity when none. */
  checkAtUs: number;
}

export interface Channel {
  conn: number;
  open: boolean;
  /** Requests that wait for the connection to open, in order. */
  waiting: number[];
  connectDeadlineUs: number;
}

/** A call that has not ended, or a oneway that waits for its connection. */
export interface Pending {
  readonly id: number;
  readonly to: number;
  readonly mode: 'sync' | 'async';
  readonly request: Wire;
  readonly bytes: number;
  readonly beginUs: number;
  readonly timeoutUs: number;
  /** When the answer's wait began: after the connect. */
  sentUs: number;
  conn: number;
  /** Entry that led to the call. */
  readonly cause: number;
  readonly then: Continuation | undefined;
}

/** A request, an answer or a oneway on the wire. */
export interface Wire {
  readonly frozen: true;
  readonly kind: 'request' | 'answer' | 'oneway';
  /** What is asked; undefined in an answer. */
  readonly type: RequestType<unknown, unknown> | undefined;
  readonly id: number;
  /** Response code of an answer (0 SUCCESS). */
  readonly status: number;
  readonly body: unknown;
  /** Text of an error answer, e.g. `[TIMEOUT_CLEAN_QUEUE]…`. */
  readonly remark: string;
  /** Arena number of the message that it carries, for the picture; -1 none. */
  readonly message: number;
}

/** What to do when a call ends: an event of the caller, handled at that moment with its context. */
export interface Continuation<R = Answered<unknown, unknown>> {
  readonly event: EventType<R>;
  readonly context: unknown;
}

export type CallOutcome<A> =
  | { readonly ok: true; readonly status: number; readonly body: A; readonly remark: string }
  | {
      readonly ok: false;
      /**
       * `timeout`: RemotingTimeoutException. `closed`: RemotingSendRequestException, the channel died.
       * `connect`: RemotingConnectException. `budget`: RemotingTooMuchRequestException, no time was left.
       */
      readonly error: 'timeout' | 'closed' | 'connect' | 'budget';
    };

export interface Answered<C, A> {
  readonly context: C;
  readonly outcome: CallOutcome<A>;
}

/** A request that a server handles. `reply` answers it; a oneway has id -1. */
export interface Incoming<B> {
  readonly conn: number;
  readonly from: number;
  readonly id: number;
  readonly body: B;
  readonly message: number;
}

export interface RequestType<B, A> {
  readonly code: string;
  readonly event: EventType<Incoming<B>>;
  readonly answer?: A;
}
