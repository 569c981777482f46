import { md5First32 } from './md5';

/** A queue as the strategies see it (`MessageQueue`). */
export interface AllocatableQueue {
  readonly topic: string;
  readonly brokerName: string;
  readonly queueId: number;
}

/**
 * `AllocateMessageQueueStrategy`: my share of the queues, given all queues and all client ids of the group, both
 * sorted. Pure: every consumer of the group computes its own share from what it sees. [CO-27]
 */
export type Allocate = <Q extends AllocatableQueue>(
  me: string,
  queues: readonly Q[],
  members: readonly string[],
) => Q[];

/** `MessageQueue#compareTo`: by topic, then broker name, then queue id. */
export function compareQueues(x: AllocatableQueue, y: AllocatableQueue): number {
  return compareText(x.topic, y.topic) || compareText(x.brokerName, y.brokerName) || x.queueId - y.queueId;
}

/** Java's `String#compareTo`: by UTF-16 units, in no language's order. */
export function compareText(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

/** AllocateMessageQueueAveragely: contiguous pieces; the first ones are larger by one. */
export const allocateAveragely: Allocate = (me, queues, members) => {
  const index = members.indexOf(me);
  if (index < 0) return [];
  const mod = queues.length % members.length;
  const even = Math.floor(queues.length / members.length);
  const larger = mod > 0 && index < mod;
  const size = queues.length <= members.length ? 1 : larger ? even + 1 : even;
  const start = larger ? index * size : index * size + mod;
  return queues.slice(start, start + size);
};

/** AllocateMessageQueueAveragelyByCircle: dealt out like cards. */
export const allocateByCircle: Allocate = (me, queues, members) => {
  const index = members.indexOf(me);
  return index < 0 ? [] : queues.filter((_, k) => k % members.length === index);
};

/** Points on the ring for each member (`virtualNodeCnt`). */
const RING_POINTS = 10;

/** AllocateMessageQueueConsistentHash: each queue goes to the first point at or behind its own on the ring. */
export const allocateConsistentHash: Allocate = (me, queues, members) => {
  if (!members.includes(me)) return [];
  const ring = members
    .flatMap((member) =>
      Array.from({ length: RING_POINTS }, (_, v) => ({ member, hash: md5First32(`${member}-${v}`) })),
    )
    .sort((x, y) => x.hash - y.hash);
  return queues.filter((queue) => {
    const hash = md5First32(queueText(queue));
    return (ring.find((point) => point.hash >= hash) ?? ring[0])?.member === me;
  });
};

/** `MessageQueue#toString`, which is what the ring hashes. */
export function queueText({ topic, brokerName, queueId }: AllocatableQueue): string {
  return `MessageQueue [topic=${topic}, brokerName=${brokerName}, queueId=${queueId}]`;
}

/** AllocateMessageQueueByConfig: the configured list, whoever asks. */
export function allocateByConfig<Q extends AllocatableQueue>(configured: readonly Q[]): Q[] {
  return [...configured];
}

/**
 * AllocateMessageQueueByMachineRoom: brokers are named `room@name`; only those of the given rooms take part. The
 * rest of the division goes to the first members, from the end of the list.
 */
export function allocateByMachineRoom(rooms: readonly string[]): Allocate {
  return (me, queues, members) => {
    const index = members.indexOf(me);
    if (index < 0) return [];
    const mine = queues.filter(({ brokerName }) => {
      const [room, ...rest] = brokerName.split('@');
      return rest.length === 1 && rooms.includes(room as string);
    });
    const even = Math.floor(mine.length / members.length);
    const share = mine.slice(index * even, (index + 1) * even);
    const extra = mine[even * members.length + index];
    return extra === undefined ? share : [...share, extra];
  };
}

/**
 * AllocateMachineRoomNearby: queues of a room with consumers are divided among these; queues of a room without are
 * divided among all.
 */
export function allocateNearby(
  inner: Allocate,
  roomOfQueue: (queue: AllocatableQueue) => string,
  roomOfMember: (member: string) => string,
): Allocate {
  return (me, queues, members) => {
    if (!members.includes(me)) return [];
    const myRoom = roomOfMember(me);
    const near = inner(
      me,
      queues.filter((queue) => roomOfQueue(queue) === myRoom),
      members.filter((member) => roomOfMember(member) === myRoom),
    );
    const inhabited = new Set(members.map(roomOfMember));
    const empty = [...new Set(queues.map(roomOfQueue))]
      .filter((room) => !inhabited.has(room))
      .sort(compareText);
    const far = empty.flatMap((room) =>
      inner(
        me,
        queues.filter((queue) => roomOfQueue(queue) === room),
        members,
      ),
    );
    return [...near, ...far];
  };
}

/** The strategies that a configuration can name, by the names that they give themselves. */
export const STRATEGIES = {
  AVG: allocateAveragely,
  AVG_BY_CIRCLE: allocateByCircle,
  CONSISTENT_HASH: allocateConsistentHash,
} as const satisfies Record<string, Allocate>;
