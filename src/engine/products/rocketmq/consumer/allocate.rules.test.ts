import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type AllocatableQueue,
  type Allocate,
  allocateAveragely,
  allocateByCircle,
  allocateByConfig,
  allocateByMachineRoom,
  allocateConsistentHash,
  allocateNearby,
  compareQueues,
  queueText,
} from './allocate';
import { md5First32, md5Hex } from './md5';

const queuesOf = (brokerName: string, count: number, topic = 'TopicTest'): AllocatableQueue[] =>
  Array.from({ length: count }, (_, queueId) => ({ topic, brokerName, queueId }));
const membersOf = (count: number) => Array.from({ length: count }, (_, i) => `c${i + 1}`);

/** Each member's queue ids, as the table of the reference writes them. */
function shares(
  allocate: Allocate,
  queues: readonly AllocatableQueue[],
  members: readonly string[],
): number[][] {
  return members.map((me) => allocate(me, queues, members).map(({ queueId }) => queueId));
}

const TABLE = [
  {
    n: 8,
    m: 3,
    avg: [
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
    ],
    circle: [
      [0, 3, 6],
      [1, 4, 7],
      [2, 5],
    ],
    room: [
      [0, 1, 6],
      [2, 3, 7],
      [4, 5],
    ],
  },
  {
    n: 10,
    m: 4,
    avg: [
      [0, 1, 2],
      [3, 4, 5],
      [6, 7],
      [8, 9],
    ],
    circle: [
      [0, 4, 8],
      [1, 5, 9],
      [2, 6],
      [3, 7],
    ],
    room: [
      [0, 1, 8],
      [2, 3, 9],
      [4, 5],
      [6, 7],
    ],
  },
  {
    n: 7,
    m: 2,
    avg: [
      [0, 1, 2, 3],
      [4, 5, 6],
    ],
    circle: [
      [0, 2, 4, 6],
      [1, 3, 5],
    ],
    room: [
      [0, 1, 2, 6],
      [3, 4, 5],
    ],
  },
  { n: 2, m: 3, avg: [[0], [1], []], circle: [[0], [1], []], room: [[0], [1], []] },
  { n: 4, m: 4, avg: [[0], [1], [2], [3]], circle: [[0], [1], [2], [3]], room: [[0], [1], [2], [3]] },
];

describe('allocation strategies', () => {
  it.each(TABLE)(
    '[CO-27] divides $n queues among $m consumers as the table says',
    ({ n, m, avg, circle, room }) => {
      expect(shares(allocateAveragely, queuesOf('broker-a', n), membersOf(m))).toEqual(avg);
      expect(shares(allocateByCircle, queuesOf('broker-a', n), membersOf(m))).toEqual(circle);
      expect(shares(allocateByMachineRoom(['r1']), queuesOf('r1@broker-a', n), membersOf(m))).toEqual(room);
    },
  );

  it('[CO-27] AVG cuts two brokers with four queues each into 3, 3 and 2', () => {
    const queues = [...queuesOf('broker-b', 4), ...queuesOf('broker-a', 4)].sort(compareQueues);
    const names = membersOf(3).map((me) =>
      allocateAveragely(me, queues, membersOf(3)).map(
        ({ brokerName, queueId }) => `${brokerName.at(-1)}${queueId}`,
      ),
    );
    expect(names).toEqual([
      ['a0', 'a1', 'a2'],
      ['a3', 'b0', 'b1'],
      ['b2', 'b3'],
    ]);
  });

  it('[CO-27] every strategy gives each queue to exactly one member, for all sizes', () => {
    for (const allocate of [
      allocateAveragely,
      allocateByCircle,
      allocateConsistentHash,
      allocateByMachineRoom(['r']),
    ]) {
      for (let n = 1; n <= 12; n++) {
        for (let m = 1; m <= 6; m++) {
          const given = shares(allocate, queuesOf('r@b', n), membersOf(m)).flat();
          expect(given.toSorted((x, y) => x - y)).toEqual(Array.from({ length: n }, (_, i) => i));
        }
      }
    }
  });

  it('[CO-25] whoever is not in the list gets nothing', () => {
    for (const allocate of [
      allocateAveragely,
      allocateByCircle,
      allocateConsistentHash,
      allocateByMachineRoom(['r1']),
    ]) {
      expect(allocate('stranger', queuesOf('r1@b', 4), membersOf(2))).toEqual([]);
    }
  });

  it('[CO-27] CONSISTENT_HASH moves only the queues of the member that leaves', () => {
    const queues = queuesOf('broker-a', 8);
    expect(shares(allocateConsistentHash, queues, ['c1', 'c2', 'c3'])).toEqual([
      [0, 4, 5, 7],
      [1, 6],
      [2, 3],
    ]);
    expect(shares(allocateConsistentHash, queues, ['c1', 'c3'])).toEqual([
      [0, 4, 5, 7],
      [1, 2, 3, 6],
    ]);
  });

  it('[CO-27] the ring hashes with the first four bytes of MD5', () => {
    expect(md5First32(queueText({ topic: 'TopicTest', brokerName: 'broker-a', queueId: 0 }))).toBe(
      1987926524,
    );
    expect(['c1-0', 'c2-0', 'c3-0'].map(md5First32)).toEqual([3886541579, 830676049, 3814673362]);
  });

  it('[CO-27] CONFIG returns the configured list, and MACHINE_ROOM ignores other rooms and unnamed ones', () => {
    const configured = queuesOf('broker-a', 2);
    expect(allocateByConfig(configured)).toEqual(configured);
    const queues = [...queuesOf('r1@a', 2), ...queuesOf('r2@b', 2), ...queuesOf('plain', 2)];
    expect(allocateByMachineRoom(['r1'])('c1', queues, ['c1'])).toEqual(queuesOf('r1@a', 2));
  });

  it('[CO-27] MACHINE_ROOM_NEARBY serves its own room, and shares rooms without consumers', () => {
    const roomOf = (text: string) => text.split('@')[0] as string;
    const nearby = allocateNearby(allocateAveragely, (queue) => roomOf(queue.brokerName), roomOf);
    const queues = [...queuesOf('r1@a', 2), ...queuesOf('r2@b', 2), ...queuesOf('r3@c', 2)];
    const members = ['r1@c1', 'r1@c2', 'r2@c3'];
    const names = members.map((me) =>
      nearby(me, queues, members).map(({ brokerName, queueId }) => brokerName + queueId),
    );
    expect(names).toEqual([
      ['r1@a0', 'r3@c0'],
      ['r1@a1', 'r3@c1'],
      ['r2@b0', 'r2@b1'],
    ]);
  });
});

describe('md5', () => {
  it('agrees with the library of Node for all lengths around a block, and for texts beyond ASCII', () => {
    const texts = [...Array.from({ length: 140 }, (_, length) => 'x'.repeat(length)), '消息队列', 'é😀'];
    for (const text of texts) expect(md5Hex(text)).toBe(createHash('md5').update(text).digest('hex'));
  });
});
