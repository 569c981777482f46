import type { ClusterView } from '../../../engine/view';
import { formatDurationUs } from '../../../ui/format/number';
import type { ActionRequest } from '../../../worker/protocol';
import { BACKLOG_MESSAGES, burst, onProcess, SLOW_HANDLER_MS, setWorkload } from './requests';

export type Backlog =
  | { readonly kind: 'burst'; readonly by: string; readonly messages: number; readonly requests: Requests }
  | { readonly kind: 'slow'; readonly time: string; readonly requests: Requests }
  | { readonly kind: 'pause'; readonly requests: Requests };

type Requests = readonly ActionRequest[];

/**
 * Ways to a backlog, the one for one click first: a burst by a producer of the topic that the selected process has
 * to do with, or consumers of that topic that are slower or stand still.
 */
export function backlogOf(view: ClusterView, selected: string | null): readonly Backlog[] {
  const consumers = view.consumerGroups.flatMap((group) =>
    group.consumers.map((consumer) => ({ consumer, group })),
  );
  const chosen = consumers.find(({ consumer }) => consumer.id === selected);
  const running = view.clients.filter(({ state }) => state !== 'down');
  const producer =
    running.find(({ id }) => id === selected) ??
    running.find(({ topic }) => chosen?.group.topics.includes(topic)) ??
    running[0];
  const readers = consumers.filter(
    ({ consumer, group }) =>
      consumer.state !== 'down' && (producer === undefined || group.topics.includes(producer.topic)),
  );
  const ids = readers.map(({ consumer }) => consumer.id);
  const ways: Backlog[] = [];
  if (producer !== undefined) {
    const requests = [burst(producer.id, BACKLOG_MESSAGES)];
    ways.push({ kind: 'burst', by: producer.id, messages: BACKLOG_MESSAGES, requests });
  }
  if (ids.length > 0) {
    const slowed = ids.map((id) => setWorkload(id, { processingMs: SLOW_HANDLER_MS }));
    ways.push({ kind: 'slow', time: formatDurationUs(SLOW_HANDLER_MS * 1_000), requests: slowed });
    ways.push({ kind: 'pause', requests: ids.map((id) => onProcess('pause', id)) });
  }
  return ways;
}
