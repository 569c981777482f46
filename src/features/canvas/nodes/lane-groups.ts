import type { ClusterView, ConsumerView, QueueView } from '../../../engine/view';
import type { LaneGroup } from '../../../ui/queue-lane/QueueLane';

/** The marks on a queue's line: for each group how far it has read, and who reads. */
export function laneGroups(queue: QueueView, view: ClusterView): readonly LaneGroup[] {
  return queue.positions.map(({ group, committed, owners, lock }) => {
    const consumers = view.consumerGroups.find(({ id }) => id === group)?.consumers ?? [];
    const owner = consumers.find(({ id }) => owners.includes(id));
    const holder = consumers.find(({ id }) => id === lock?.holder);
    const locked = lock && {
      ...{ leftUs: lock.leftUs, limitUs: lock.limitUs },
      holder: holder?.label ?? (lock.holder || undefined),
      ordinal: holder?.ordinal,
    };
    // Nobody reads, and a lock still stands for somebody: it is named, as colour alone says nothing.
    if (!owner && holder)
      return {
        label: holder.label,
        ordinal: holder.ordinal,
        committed,
        assignment: 'failing',
        lock: locked,
      };
    if (!owner)
      return {
        label: group,
        ordinal: consumers[0]?.ordinal ?? 1,
        committed,
        assignment: 'none',
        lock: locked,
      };
    return {
      // Several read it: pop consumers, or two owners for a moment.
      label: owners.length > 1 ? `×${owners.length}` : owner.label,
      ordinal: owner.ordinal,
      committed,
      assignment: isFailing(owner, queue.queue) ? 'failing' : 'assigned',
      lock: locked,
    };
  });
}

const isFailing = (consumer: ConsumerView, queue: number): boolean =>
  consumer.state === 'down' || consumer.queues.some((held) => held.queue === queue && held.failing);
