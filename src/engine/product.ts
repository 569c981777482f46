import type { Handlers } from './core/sim';
import type { MessageTraceView, NodeDetails } from './details';
import type { ReplicaLog } from './model/log';
import type { SimOf, World } from './model/world';
import type { ConfigValue } from './scenario/rocketmq-key-spec';
import type { Action, Scenario } from './scenario/types';
import type { ClusterView, FlightView, Localized, MoveView } from './view';

/** Length of the warm-up of a warm start: processes start in its first half, routes settle in the second. */
export const WARM_UP_US = 120_000_000;

/** One rule of the behaviour reference that a product follows. */
export interface Rule {
  readonly en: string;
  readonly zh: string;
  /** Real class and method, e.g. `RouteInfoManager#registerBroker`. */
  readonly source: string;
}

/** What one version of a product does otherwise than the other, as the reference's table of changes tells it. */
export interface VersionChange {
  readonly what: Localized;
  readonly four: Localized;
  readonly five: Localized;
  readonly rules: readonly string[];
  /** Configuration keys whose defaults carry the change. */
  readonly keys?: readonly string[];
  /** Beginnings of the paths of a report that it may show in. */
  readonly touches: readonly string[];
  /** Only where some process of the role has this value; without a key: where there is one. */
  readonly when?: { readonly role: ChangedRole; readonly key?: string; readonly value?: ConfigValue };
}
type ChangedRole = 'broker' | 'producer' | 'consumer';

/** What became of an action: done, or refused with the words to say. */
export type ActResult = { readonly ok: true } | { readonly ok: false; readonly message: Localized };

/**
 * One product, one folder. Adding one touches no other product and no component.
 * `P` is its state: plain data.
 */
export interface Product<P> {
  readonly id: string;
  /** The world before anything started: processes defined and down. */
  create(scenario: Scenario): World<P>;
  register(handlers: Handlers<World<P>>): void;
  /** Starts all processes; warm: runs until routes and assignments are settled, then time is 0. */
  begin(sim: SimOf<P>, scenario: Scenario): void;
  act(sim: SimOf<P>, action: Action): ActResult;
  view(sim: SimOf<P>): ClusterView;
  /** Everything the inspector shows of a process. A product of `products/` has it in `products/inspectors`, apart. */
  inspect?(sim: SimOf<P>, node: number): NodeDetails | undefined;
  /** Its own message trace, where it has one: what its tool would show now. */
  messageTrace?(sim: SimOf<P>, message: number): MessageTraceView;
  /** Its tools' queries: as with `inspect`, those of `products/` are apart, in `products/queries`. Null: it has none. */
  readonly queries?: Queries<SimOf<P>> | null;
  /** What a message on the wire is (`Flight.message`), for its drawing. */
  flight(sim: SimOf<P>, message: unknown): FlightView;
  /** Messages that go from one place of a process to another now; absent where a product has no such places. */
  moves?(sim: SimOf<P>): readonly MoveView[];
  /** Every replica's log: what the judges read, with the role it plays now. */
  logs(sim: SimOf<P>): readonly LogAccess[];
  /** Consumer group of a process, for the judges; undefined when it is no consumer. */
  groupOf(sim: SimOf<P>, node: number): string | undefined;
  /** True for a consumer that reads every queue by itself (broadcasting): nobody shares its work. */
  readsAlone(sim: SimOf<P>, node: number): boolean;
  /** Groups that should see every message of a topic. */
  groupsOf(sim: SimOf<P>, topic: string): readonly string[];
  /** Whether any member of a group asks for a message of that topic; by what they subscribe, not by what they get. */
  wants(sim: SimOf<P>, group: string, message: number): boolean;
  /** Topic that takes the messages which a group has given up; undefined when the product has none. */
  deadLetterTopicOf(group: string): string | undefined;
  /** What each registry answers about a topic, by its process id: topic → replica groups. */
  routes(sim: SimOf<P>): Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Per group and queue: committed and maximal offset, as durable state holds them. */
  offsets(
    sim: SimOf<P>,
  ): readonly { group: string; queue: number; committed: number; max: number; owner: string | undefined }[];
}

export interface LogAccess {
  readonly node: number;
  readonly group: string;
  readonly role: 'leader' | 'follower';
  readonly log: ReplicaLog;
  /** Consumers can read it now, or could if its process ran: false for what only an operator could fetch. */
  readonly servable: boolean;
}

/** What one broker that was asked said. */
export interface BrokerAnswer {
  /** Its process number. */
  readonly broker: number;
  /** False: it is down, frozen or shutting down, and the query ends without it. */
  readonly answers: boolean;
  /** Records that it contributed. */
  readonly records: number;
}

/** What a query found, in the order of the answer. */
export interface QueryAnswer {
  readonly asked: readonly BrokerAnswer[];
  readonly records: readonly number[];
}

/** The queries of a product's own tools, as they would be answered now. Generators pause where they are long. */
export interface Queries<S> {
  /** All records of a topic with a key that were stored between two moments, both included. */
  byKey(
    sim: S,
    topic: string,
    key: string,
    range?: { readonly beginUs: number; readonly endUs: number },
  ): Generator<void, QueryAnswer>;
  /** The record of a topic that the client's name of a message leads to. */
  byUniqueKey(sim: S, topic: string, key: string): Generator<void, QueryAnswer>;
  /** What stands at the place that a stored record's name says; undefined when it names no broker. */
  byOffsetId(sim: S, id: string): QueryAnswer | undefined;
}
