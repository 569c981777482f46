import { transport } from '../../i18n/areas/transport';
import { formatSeconds } from '../../i18n/format';
import type { Translate } from '../../i18n/use-text';
import type { IconName } from '../../ui/icons/icon-shapes';
import type { MarkKind, TimelineMark } from '../../ui/timeline/timeline-layout';
import type { Mark } from '../../worker/protocol';

export type T = Translate<typeof transport.texts>;

/** What is drawn for a type whose beat alone does not say it. */
const BY_TYPE: Readonly<Record<string, readonly [kind: MarkKind, icon?: IconName]>> = {
  'message.lost': ['loss'],
  'host.power-lost': ['kill', 'power'],
  'process.killed': ['kill', 'kill'],
  'disk.lost': ['kill', 'disk'],
  'process.frozen': ['fault', 'stall'],
  'link.cut': ['fault', 'link-cut'],
  'link.slowed': ['fault', 'link-slow'],
  'part.slowed': ['fault', 'link-slow'],
  'disk.fsync-set': ['fault', 'disk'],
  'disk.full': ['fault', 'disk'],
  'packet.dropped': ['fault', 'link-cut'],
  'config.set': ['fault', 'config'],
  'workload.set': ['fault', 'config'],
};

/** Red and its triangle are kept for messages that are gone; other losses are told in words. */
const BY_BEAT: Readonly<Partial<Record<Mark['beat'], readonly [kind: MarkKind, icon?: IconName]>>> = {
  fault: ['fault', 'stall'],
  role: ['failover'],
  assignment: ['rebalance'],
  duplicate: ['fault', 'duplicate'],
};

/** A mark of the run as the line draws it: what it is, where it lies, a few words. */
export function drawMark(mark: Mark, x: number, t: T): TimelineMark {
  const [kind, icon] = BY_TYPE[mark.type] ?? BY_BEAT[mark.beat] ?? ['event'];
  const what = mark.type === 'message.lost' ? t('lostCount', { count: mark.count }) : markWord(mark, t);
  return {
    id: String(mark.id),
    kind,
    ...(icon && { icon }),
    atUs: mark.timeUs,
    x,
    label: kind === 'loss' ? what : t('mark', { time: timeOf(kind, mark), what }),
  };
}

function markWord({ type, beat }: Mark, t: T): string {
  if (type in transport.texts) return t(type as 'host.power-lost');
  return beat in transport.texts ? t(beat as 'fault') : type;
}

/** A kill is told to the millisecond: it is what the losses are counted from. */
const timeOf = (kind: MarkKind, { timeUs }: Mark) => formatSeconds(timeUs, kind === 'kill' ? 3 : 1);
