import type {
  ClientView,
  ConsumerView,
  ControllerView,
  ProcessView,
  RegistryView,
  ReplicaView,
} from '../../engine/view';
import { formatAgeUs, formatDurationUs, formatTimeUs } from '../../ui/format/number';
import type { IconName } from '../../ui/icons/icon-shapes';
import type { T } from './use-t';

/** How a process looks: what is true of it, apart from what others believe. */
export type Look = 'up' | 'busy' | 'frozen' | 'process' | 'power' | 'disk' | 'shutdown';

export function lookOf({ state, failure }: ProcessView): Look {
  if (state === 'down') return failure ?? 'shutdown';
  if (state === 'frozen') return 'frozen';
  return state === 'up' ? 'up' : 'busy';
}

export const isDead = (process: ProcessView): boolean => process.state === 'down';

export interface StampWords {
  readonly icon: IconName;
  readonly fact: string;
  /** A moment for what has happened, a duration for what goes on; empty where neither helps. */
  readonly time: string;
}

/** The solid stamp of a process that is not up. */
export function stampOf(process: ProcessView, nowUs: number, t: T): StampWords | undefined {
  const moment = formatTimeUs(process.sinceUs, 1);
  switch (process.state) {
    case 'up':
      return undefined;
    case 'frozen':
      return { icon: 'stall', fact: t('stampFrozen'), time: formatAgeUs(nowUs - process.sinceUs) };
    case 'recovering':
      return { icon: 'retry', fact: t('stampRecovering'), time: '' };
    case 'starting':
      return { icon: 'play', fact: t('stampStarting'), time: '' };
    case 'stopping':
      return { icon: 'none', fact: t('stampStopping'), time: '' };
    case 'down':
      switch (process.failure) {
        case 'process':
          return { icon: 'kill', fact: t('stampProcess'), time: moment };
        case 'power':
          return { icon: 'power', fact: t('stampPower'), time: moment };
        case 'disk':
          return { icon: 'disk', fact: t('stampDisk'), time: moment };
        default:
          return { icon: 'none', fact: t('stampShutdown'), time: moment };
      }
  }
}

/** The state of a process in words, for screen readers. */
function stateSays(process: ProcessView, nowUs: number, t: T): string {
  const time = formatTimeUs(process.sinceUs, 1);
  switch (lookOf(process)) {
    case 'up':
      return t('saysUp');
    case 'process':
      return t('saysProcess', { time });
    case 'power':
      return t('saysPower', { time });
    case 'disk':
      return t('saysDisk', { time });
    case 'shutdown':
      return t('saysShutdown', { time });
    case 'frozen':
      return t('saysFrozen', { time: formatAgeUs(nowUs - process.sinceUs) });
    case 'busy':
      return t(
        process.state === 'starting'
          ? 'saysStarting'
          : process.state === 'stopping'
            ? 'saysStopping'
            : 'saysRecovering',
      );
  }
}

type Believers = ReplicaView['believers'];

/** The belief that lasts longest, if anybody is wrong about a replica. */
export function longestBelief(believers: Believers): Believers[number] | undefined {
  return believers.reduce<Believers[number] | undefined>(
    (longest, belief) => (longest && longest.leftUs >= belief.leftUs ? longest : belief),
    undefined,
  );
}

const joined = (t: T, ...parts: readonly (string | false | undefined)[]): string =>
  parts.filter(Boolean).join(t('comma'));

/** Where replicas are elected, their brokerIds move: each goes by its process. Elsewhere a group's name and the id tell. */
export const replicaName = ({ id, elected, election }: ReplicaView, group: string): string =>
  elected || election ? id : group;

/** A leader that was replaced is not called a slave before it follows. */
export function roleWords({ role, replaced, state }: ReplicaView, t: T): string {
  if (replaced) return t(state === 'down' ? 'wasMaster' : 'stillMaster');
  return t(role === 'leader' ? 'master' : 'slave');
}

export function replicaSays(replica: ReplicaView, group: string, nowUs: number, t: T): string {
  const belief = longestBelief(replica.believers);
  const { unflushed, replicaOnly, lost } = replica.strip;
  return joined(
    t,
    replicaName(replica, group),
    `${roleWords(replica, t)} brokerId ${replica.replica}`,
    stateSays(replica, nowUs, t),
    belief &&
      t('believedBy', {
        names: replica.believers.map(({ by }) => by).join(' '),
        left: formatDurationUs(belief.leftUs),
      }),
    unflushed > 0 && t('notFlushedCount', { count: unflushed }),
    replicaOnly > 0 && t('replicaOnlyCount', { count: replicaOnly }),
    lost > 0 && t('lostCount', { count: lost }),
    replica.diskFull && t('saysDiskFull'),
    !replica.servesReads && t('noReads'),
    ...electedWords(replica, t),
  );
}

/** What an elected replica knows of its election, and what it had to cut off for it. */
export function electedWords({ id, elected, election }: ReplicaView, t: T): readonly string[] {
  const truncated = elected?.truncated ?? election?.truncated ?? 0;
  return [
    ...(elected && elected.epoch > 0 ? [t('epoch', { epoch: elected.epoch })] : []),
    ...(elected?.fenced ? [t('fenced')] : []),
    ...(elected?.alone ? [t('alone')] : []),
    ...(elected && elected.inSync.length > 0 ? [t('inSync', { count: elected.inSync.length })] : []),
    ...(election?.role === 'candidate' ? voteWords(id, election.votedFor, t) : []),
    ...(truncated > 0 ? [t('cutOff', { count: truncated })] : []),
  ];
}

const voteWords = (id: string, votedFor: string | undefined, t: T): readonly string[] =>
  votedFor === undefined ? [] : [votedFor === id ? t('votedForItself') : t('votedFor', { name: votedFor })];

/** What a controller is in its quorum; while nobody leads it, also whom it has voted for. */
export function controllerWords(
  { id, role, term, leader, votedFor }: ControllerView,
  t: T,
): readonly string[] {
  const part = t(CONTROLLER_ROLES[role], { term: `${term}` });
  return [part, ...(leader === undefined ? voteWords(id, votedFor, t) : [])];
}

const CONTROLLER_ROLES = {
  leader: 'controllerLeads',
  follower: 'controllerFollows',
  candidate: 'controllerAsks',
} as const;

export function registrySays(registry: RegistryView, nowUs: number, t: T): string {
  return joined(
    t,
    `${registry.id} ${t('registry')}`,
    stateSays(registry, nowUs, t),
    ...registry.rows.map((row) =>
      t(row.true ? 'rowSays' : 'rowBelief', {
        name: `${row.group} ${row.replica}`,
        age: formatAgeUs(row.ageUs),
      }),
    ),
    registry.rows.length === 0 && t('noneRegistered'),
  );
}

export function clientSays(client: ClientView, nowUs: number, t: T): string {
  return joined(
    t,
    `${client.id} ${t('producer')}`,
    stateSays(client, nowUs, t),
    client.paused && t('paused'),
    t('rateSays', { rate: client.ratePerSecond }),
    t('routeAgeSays', { age: formatAgeUs(client.routeAgeUs) }),
    ...client.waiting.map(({ on, count }) => t('waitingSays', { name: on, count: count })),
  );
}

export function consumerSays(consumer: ConsumerView, nowUs: number, t: T): string {
  const failing = failingGroups(consumer);
  return joined(
    t,
    `${consumer.label} ${t('consumer')} ${consumer.id}`,
    stateSays(consumer, nowUs, t),
    consumer.paused && t('paused'),
    t('rateSays', { rate: consumer.ratePerSecond }),
    consumer.queues.length === 0
      ? t('noQueues')
      : consumer.queues.map(({ replicaGroup, queueId }) => `${replicaGroup} q${queueId}`).join(' '),
    failing.length > 0 && t('pullFails', { names: failing.join(' ') }),
    t('cached', { count: consumer.cached }),
    offsetWords(consumer, t),
  );
}

/** How far its brokers know what it has consumed. */
export function offsetWords({ offsets }: ConsumerView, t: T): string {
  if (offsets.are === 'acks') return t('offsetAcks');
  if (offsets.are === 'due') return t('offsetDue', { left: formatAgeUs(offsets.inUs) });
  return t('offsetAge', { age: formatAgeUs(offsets.agoUs) });
}

/** The same where there is no room for a sentence. */
export function offsetInShort(consumer: ConsumerView, t: T): string {
  const { offsets } = consumer;
  if (offsets.are === 'acks') return t('offsetAcksShort');
  return offsets.are === 'sent'
    ? t('offsetOld', { age: formatAgeUs(offsets.agoUs) })
    : offsetWords(consumer, t);
}

/** Replica groups from which its last pulls failed. */
export function failingGroups(consumer: ConsumerView): readonly string[] {
  return [
    ...new Set(consumer.queues.filter(({ failing }) => failing).map(({ replicaGroup }) => replicaGroup)),
  ];
}
