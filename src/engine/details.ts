import type { KeptView, Localized, ProcessView } from './view';

/** What the inspector shows of one process or one message: plain data, read from the state when asked for. */

/** Sections of the inspector: the tables as the real node has them. */
export interface DetailSection {
  readonly title: Localized;
  /** Real class or structure, e.g. `RouteInfoManager.brokerLiveTable`. */
  readonly source?: string;
  readonly columns?: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface NodeDetails {
  readonly process: ProcessView;
  readonly kind: 'nameserver' | 'controller' | 'broker' | 'producer' | 'consumer';
  /** Effective configuration; keys that differ from the default are marked. */
  readonly config: readonly {
    readonly key: string;
    readonly value: string | number | boolean;
    readonly changed: boolean;
  }[];
  readonly sections: readonly DetailSection[];
}

export interface CopyView {
  readonly process: string;
  readonly where: 'transient pool' | 'page cache' | 'disk';
  readonly queue: string;
  readonly offset: number;
  readonly physicalOffset: number;
  /** Name of the record, the same in all replicas: who appended it, and where. */
  readonly offsetMsgId: string;
  /** Its SYSFLAG, with the bits named. */
  readonly sysFlag: string;
  /** What its broker keeps it for, where it is no ordinary message. */
  readonly kept?: KeptView;
  /** Whether the host that holds it can serve it now. */
  readonly reachable: boolean;
}

/** One entry of a message's trace, as a tool of the product reads it from what a running broker holds. */
export interface TraceLineView {
  readonly type: 'Pub' | 'SubBefore' | 'SubAfter' | 'EndTransaction';
  readonly client: string;
  readonly group: string;
  /** When it was noted; of a Pub, when its attempt began. */
  readonly timeUs: number;
  readonly costUs: number;
  readonly success: boolean;
  /** Of a Pub: where the broker says that it stands. */
  readonly offsetMsgId?: string;
  /** Of a SubBefore. */
  readonly retryTimes?: number;
  /** contextCode of a SubAfter, state of an EndTransaction. */
  readonly code?: string;
  /** SubBefore and SubAfter of one call of a listener share it. */
  readonly request: number;
  /** An EndTransaction that answers a check. */
  readonly fromCheck: boolean;
}

/** What a product's own message trace shows of a message, and why it may not be all. */
export interface MessageTraceView {
  readonly lines: readonly TraceLineView[];
  /** Clients that have to do with it; `waiting`: entries about it that the client has not sent. */
  readonly clients: readonly { readonly id: string; readonly traced: boolean; readonly waiting: number }[];
  /** Whether a running broker has the topic of the trace. */
  readonly topicExists: boolean;
  /** The broker that stored it says that it is not to be traced. */
  readonly switchedOff: boolean;
}

export interface MessageDetails {
  readonly message: number;
  readonly name: string;
  readonly uniqueKey: string;
  readonly topic: string;
  readonly key: string;
  readonly tag: string;
  readonly body: string;
  /** What its sender put on it beside key and tag. */
  readonly properties: Readonly<Record<string, string>>;
  readonly bytes: number;
  readonly bornUs: number;
  readonly producer: string;
  /** Absent where the product has no message trace. */
  readonly trace?: MessageTraceView;
  /** SendStatus, an exception, or `in flight`. */
  readonly result: string;
  readonly attempts: number;
  readonly copies: readonly CopyView[];
  readonly deliveries: readonly {
    readonly group: string;
    readonly count: number;
    /** Whether any member of the group subscribes it. */
    readonly wanted: boolean;
    readonly done: boolean;
  }[];
  readonly verdict:
    | 'in flight'
    | 'safe'
    | 'volatile'
    | 'unavailable'
    | 'stranded'
    | 'lost'
    /** Retention has deleted it. */
    | 'expired'
    | 'not stored';
}
