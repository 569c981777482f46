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
