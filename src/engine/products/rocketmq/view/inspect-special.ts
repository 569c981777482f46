import type { DetailSection } from '../../../details';
import { processOf } from '../../../model/env';
import { messageName, queueName, queueOf, recordMessage } from '../../../model/world';
import { readMetadata } from '../broker/metadata-file';
import { maxOffsetOf, recordAtOffset } from '../broker/store-state';
import { LOCK_LIVES_US } from '../orderly/lock-table';
import { blockedUntilUs } from '../pop/order-info';
import { deliverUs } from '../schedule/level-queue';
import { delayLevels, SCHEDULE_TOPIC } from '../schedule/levels';
import type { Broker, RocketSim } from '../state';
import { nameOf } from './processes';

/** The tables of a broker's special services: locks, delayed messages. Empty ones are left out. */
export function specialSections(sim: RocketSim, broker: Broker): DetailSection[] {
  return [locksSection(sim, broker), blockedSection(sim, broker), delaySection(sim, broker)].filter(
    ({ rows }) => rows.length > 0,
  );
}

/** Locks that have expired stand in the table until somebody takes them. [OR-2] */
function locksSection(sim: RocketSim, { service }: Broker): DetailSection {
  const { arena, nowUs } = { arena: sim.state.arena, nowUs: sim.nowUs };
  return {
    title: { en: 'Locks of ordered queues', zh: '顺序消费的队列锁' },
    source: 'RebalanceLockManager.mqLockTable',
    columns: ['group', 'queue', 'client', 'process', 'left'],
    rows: [...service.locks].flatMap(([group, queues]) =>
      [...queues].map(([queue, { clientId, holder, lastUs }]) => {
        const leftUs = lastUs + LOCK_LIVES_US - nowUs;
        return [
          group,
          queueName(queueOf(arena, queue)),
          clientId,
          nameOf(sim, holder),
          leftUs < 0 ? 'expired' : inSeconds(leftUs),
        ];
      }),
    ),
  };
}

/** Queues that are popped in order and have messages out. [PO-8] */
function blockedSection(sim: RocketSim, { service: { pop } }: Broker): DetailSection {
  const rows = [...pop.orders].flatMap(([key, info]) => {
    const untilUs = blockedUntilUs(info, sim.nowUs);
    if (untilUs === 0) return [];
    const at = key.lastIndexOf('@');
    const queue = queueName(queueOf(sim.state.arena, Number(key.slice(at + 1))));
    const open = info.offsets.filter((_, i) => (info.acked & (1 << i)) === 0);
    return [[key.slice(0, at), queue, `${open[0]}`, `${open.length}`, inSeconds(untilUs - sim.nowUs)]];
  });
  return {
    title: { en: 'Queues blocked by orderly pop', zh: '顺序 Pop 锁住的队列' },
    source: 'ConsumerOrderInfoManager.table',
    columns: ['group', 'queue', 'first', 'unconfirmed', 'left'],
    rows,
  };
}

/** Of each level that has a queue: where its task stands, where the file does, and what is next. [SC-2, SC-6] */
function delaySection(sim: RocketSim, broker: Broker): DetailSection {
  const { disk, memory } = broker.store;
  const { arena, env } = sim.state;
  const onFile = readMetadata(disk.delayFile).offsets;
  const offsets = processOf(env, broker.node).state === 'down' ? onFile : memory.schedule.offsets;
  const levels = delayLevels(broker.config.messageDelayLevel);
  const queues = [...disk.queues.values()].filter(
    ({ queue }) => queueOf(arena, queue).topic === SCHEDULE_TOPIC,
  );
  return {
    title: { en: 'Delay levels', zh: '延迟级别' },
    source: 'ScheduleMessageService.offsetTable',
    columns: ['level', 'delay', 'next', 'max', 'file', 'first', 'due'],
    rows: queues.map((queue) => {
      const level = queueOf(arena, queue.queue).queueId + 1;
      const next = offsets.get(level) ?? 0;
      const record = next < maxOffsetOf(queue) ? recordAtOffset(queue, next) : undefined;
      return [
        `${level}`,
        inSeconds(levels[level - 1] ?? 0),
        `${next}`,
        `${maxOffsetOf(queue)}`,
        `${onFile.get(level) ?? 0}`,
        record === undefined ? '–' : messageName(recordMessage(arena, record)),
        record === undefined ? '–' : inSeconds(deliverUs(sim, broker, record, level) - sim.nowUs),
      ];
    }),
  };
}

/** Seconds with one decimal. */
function inSeconds(us: number): string {
  const tenths = Math.round(Math.max(0, us) / 100_000);
  return `${Math.floor(tenths / 10)}.${tenths % 10} s`;
}
