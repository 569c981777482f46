import { verdictOf } from '../../../checkers/verdict';
import { messageTopic, queueOf, recordMessage, recordQueue, textOf } from '../../../model/world';
import { type Report, reportOf } from '../../../report/report';
import { BROKER, type Consuming, consuming, type Setup } from '../consumer/consuming.fixture';

/** Clusters whose producer sends transactions: one name server, one master, a consumer, messages sent by hand. */

type Part = Readonly<Record<string, unknown>>;

export interface Transacting extends Omit<Setup, 'producer'> {
  /** `localTransaction` of the producer `p`. */
  local?: Part;
  producer?: Part;
  /** Moments at which `p` sends, seconds; each message has the key `k<n>`. */
  sendsAtS?: readonly number[];
  /** Outcomes of those messages, where they differ from the workload's. */
  outcomes?: readonly string[];
}

export function transacting(setup: Transacting): TransactingRun {
  const { local = {}, producer = {}, sendsAtS = [10], outcomes = [], actions = [], ...rest } = setup;
  const sends = sendsAtS.map((atS, i) => ({
    at: `${Math.round(atS * 1_000_000)}us`,
    do: 'send',
    target: 'p',
    message: { key: `k${i}`, ...(outcomes[i] === undefined ? {} : { outcome: outcomes[i] }) },
  }));
  const cluster = consuming({
    ...rest,
    producer: { mode: 'transaction', localTransaction: local, ...producer },
    actions: [...sends, ...actions],
  });
  return new TransactingRun(cluster);
}

/** The end of the transaction that begins at a moment is lost on the wire. */
export const losesEndAt = (atS: number, to = BROKER) => ({
  at: `${Math.round((atS + 0.003) * 1_000)}ms`,
  do: 'drop',
  from: 'p',
  to,
  messages: 1,
});

export class TransactingRun {
  constructor(readonly cluster: Consuming) {}

  untilS(seconds: number): this {
    this.cluster.until(seconds * 1000);
    return this;
  }

  /** Seconds at which entries of a type were made, to the millisecond. */
  atS(type: string, node?: string): number[] {
    return this.cluster.entries(type, 0, node).map(({ atMs }) => Math.round(atMs) / 1000);
  }

  count(type: string, fromS = 0): number {
    return this.cluster.count(type, fromS * 1000);
  }

  /** What slot b of the entries says, of texts. */
  texts(type: string): string[] {
    return this.cluster.entries(type).map(({ b }) => textOf(this.cluster.sim.state.arena, b));
  }

  get report(): Report {
    return reportOf(this.cluster.run);
  }

  get verdict() {
    return verdictOf(this.cluster.run);
  }

  /** Records by the topic in which they stand, in order. */
  topics(): string[] {
    const { arena } = this.cluster.sim.state;
    return Array.from(
      { length: arena.records.length },
      (_, record) => queueOf(arena, recordQueue(arena, record)).topic,
    );
  }

  /** How often each message of the application stands in its own topic, by message. */
  seen(): number[] {
    const { arena } = this.cluster.sim.state;
    const counts: number[] = [];
    for (let record = 0; record < arena.records.length; record++) {
      const message = recordMessage(arena, record);
      const topic = messageTopic(arena, message);
      if (topic !== 'Orders') continue;
      counts[message] =
        (counts[message] ?? 0) + Number(queueOf(arena, recordQueue(arena, record)).topic === topic);
    }
    return counts.filter((count) => count !== undefined);
  }
}
