import type { TopicRoute } from '../protocol';
import type { Continuation } from '../remoting-types';

/** The end of `fetchRouteNow`. `absent`: the name server lists no such topic. `failed`: nobody answered. */
export interface RouteFetched<C> {
  readonly context: C;
  readonly topic: string;
  readonly result: 'changed' | 'same' | 'absent' | 'failed';
}

/** One `MQClientInstance`: what producers and consumers share. All of it lives in the memory of the process. */
export interface ClientState {
  /** `ip@pid#nanoTime`, or `ip@DEFAULT` for a broadcasting consumer (CL-2); empty before the first start. */
  clientId: string;
  /** Name servers in the order in which this client shuffled them (CL-10). */
  nameservers: number[];
  cursor: number;
  /** The name server that it talks to; kept while the channel to it is open. */
  chosen: number | undefined;
  /** Who gave the latest answer, so that another view can be told from a change (NS-26). */
  answeredBy: number | undefined;
  /** `topicRouteTable`. */
  routes: Map<string, TopicRoute>;
  /** When a name server last confirmed the cached route of a topic. */
  confirmedUs: Map<string, number>;
  /** `brokerAddrTable`: brokerName → [brokerId, process], by id. */
  brokerAddrs: Map<string, readonly BrokerAddress[]>;
  /** `topicPublishInfoTable`: where producers may send (CL-6). */
  publish: Map<string, PublishInfo>;
  /** `topicSubscribeInfoTable`: the queues of a topic that can be read (CL-7), sorted. */
  subscribe: Map<string, readonly SubscribeQueue[]>;
  /** Topics that a local producer has sent to: the poll asks for them (CL-3). */
  publishTopics: Set<string>;
  /** Route queries under way, by what they ask. */
  fetching: Map<string, Fetch>;
  /** Queries in a row that no name server answered. */
  failedQueries: number;
  /** A round of the poll, of heartbeats is under way: each is one task of one thread. */
  polling: boolean;
  heartbeating: boolean;
  /** When the latest round began. */
  heartbeatUs: number;
}

/** A question to a name server, and who waits for its answer. */
export interface Fetch {
  readonly topic: string;
  readonly template: Template | undefined;
  waiting: Continuation<RouteFetched<unknown>>[];
}

/** The topic whose route an unknown topic borrows, and at most how many queues a broker (PR-15). */
export interface Template {
  readonly frozen: true;
  readonly topic: string;
  readonly queuesMax: number;
}

export type BrokerAddress = readonly [brokerId: number, node: number];

/** A queue of a topic as clients name it: `MessageQueue`. */
export interface SubscribeQueue {
  readonly brokerName: string;
  readonly queueId: number;
}

/** `TopicPublishInfo`. A changed route makes a new one. */
export interface PublishInfo {
  readonly frozen: true;
  /** Borrowed from the topic that new topics are made of (PR-15). */
  readonly borrowed: boolean;
  readonly queues: readonly SubscribeQueue[];
}
