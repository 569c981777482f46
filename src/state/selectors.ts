import type {
  ConsumerGroupView,
  ConsumerView,
  ProcessView,
  QueueView,
  ReplicaGroupView,
  ReplicaView,
} from '../engine/view';
import type { Mark } from '../worker/protocol';
import type { Playground } from './store';

/** One value each. Parts of the view keep their identity while they do not change. */
export const selectNowUs = (state: Playground) => state.nowUs;
export const selectHeadUs = (state: Playground) => state.headUs;
export const selectPlaying = (state: Playground) => state.playing;
export const selectVerdict = (state: Playground) => state.verdict;
export const selectMarks = (state: Playground): readonly Mark[] => state.marks;
export const selectEntries = (state: Playground) => state.entries;
export const selectSettings = (state: Playground) => state.settings;
export const selectSayings = (state: Playground) => state.sayings;
export const selectCanUndo = (state: Playground) => state.undoCount > 0;
export const selectCanRedo = (state: Playground) => state.redoCount > 0;

export const selectProcess =
  (id: string | null) =>
  ({ processes }: Playground): ProcessView | undefined =>
    id === null ? undefined : processes[id];

export const selectSelectedProcess = ({ selectedProcess, processes }: Playground): ProcessView | undefined =>
  selectedProcess === null ? undefined : processes[selectedProcess];

export const selectReplicaGroup =
  (id: string) =>
  ({ view }: Playground): ReplicaGroupView | undefined =>
    view?.groups.find((group) => group.id === id);

export const selectReplica =
  (id: string) =>
  ({ view }: Playground): ReplicaView | undefined =>
    view?.groups.flatMap(({ replicas }) => replicas).find((replica) => replica.id === id);

export const selectQueue =
  (queue: number) =>
  ({ view }: Playground): QueueView | undefined =>
    view?.groups.flatMap(({ queues }) => queues).find((one) => one.queue === queue);

export const selectConsumerGroup =
  (id: string) =>
  ({ view }: Playground): ConsumerGroupView | undefined =>
    view?.consumerGroups.find((group) => group.id === id);

export const selectConsumer =
  (id: string) =>
  ({ view }: Playground): ConsumerView | undefined =>
    view?.consumerGroups.flatMap(({ consumers }) => consumers).find((consumer) => consumer.id === id);

/** Messages not yet consumed, over all groups. */
export const selectLag = ({ view }: Playground): number =>
  view?.consumerGroups.reduce((sum, { lag }) => sum + lag, 0) ?? 0;
