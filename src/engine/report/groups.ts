import { judgesOf } from '../checkers/judges';
import { queueName, queueOf } from '../model/world';
import type { Run } from '../run';

export interface GroupReport {
  readonly deliveries: number;
  readonly distinct: number;
  /** Stored and not committed, over all queues. */
  readonly lag: number;
  /** Deliveries that follow a failure of the same message. */
  readonly retries: number;
  readonly deadLettered: number;
  /** Wanted by a member, passed by the group's offset, and never given to anybody in it. */
  readonly passedOver: number;
  /** Queues by living consumer, by the consumer's own account. */
  readonly assignment: Readonly<Record<string, readonly string[]>>;
  readonly offsets: Readonly<Record<string, { readonly committed: number; readonly max: number }>>;
}

export function groupReports(run: Run): Record<string, GroupReport> {
  const { sim, product } = run;
  const { readers, storedTo } = judgesOf(sim.state);
  const { arena } = sim.state;
  const rows = product.offsets(sim);
  const views = product.view(sim).consumerGroups;
  return Object.fromEntries(
    views.map(({ id, consumers }): [string, GroupReport] => {
      const members = readers.filter(({ group }) => group === id);
      const sum = (what: 'deliveries' | 'distinct' | 'retries' | 'passedOver') =>
        members.reduce((total, reader) => total + reader[what], 0);
      const own = rows.filter(({ group }) => group === id);
      const deadLetters = product.deadLetterTopicOf(id);
      return [
        id,
        {
          deliveries: sum('deliveries'),
          distinct: sum('distinct'),
          lag: own.reduce((total, { committed, max }) => total + Math.max(0, max - committed), 0),
          retries: sum('retries'),
          deadLettered: arena.queues.reduce(
            (total, { topic }, queue) => total + (topic === deadLetters ? (storedTo[queue] ?? 0) : 0),
            0,
          ),
          passedOver: sum('passedOver'),
          assignment: Object.fromEntries(
            consumers
              .filter(({ state }) => state !== 'down')
              .map((consumer) => [
                consumer.id,
                consumer.queues
                  .map(({ queue }) => queueName(queueOf(arena, queue)))
                  .sort((x, y) => (x < y ? -1 : 1)),
              ]),
          ),
          offsets: Object.fromEntries(
            own.map(({ queue, committed, max }) => [queueName(queueOf(arena, queue)), { committed, max }]),
          ),
        },
      ];
    }),
  );
}
