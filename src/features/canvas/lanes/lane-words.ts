import type { LaneView, ResentView } from '../../../engine/view';
import { formatDurationUs, formatTimeUs } from '../../../ui/format/number';
import type { LanesText } from './use-lanes-text';

export type WaitingLane = LaneView & { readonly kind: 'retry' | 'delay' | 'timer' | 'half' };

export const isWaiting = (lane: LaneView): lane is WaitingLane =>
  lane.kind !== 'deadLetter' && lane.kind !== 'discarded';

/** Where a dead letter has been sent again, for a text with these places. */
export const resentValues = ({ atUs, topic, replicaGroup, queueId }: ResentView) => ({
  ...{ time: formatTimeUs(atUs, 1), topic, broker: replicaGroup, queue: queueId },
});

export const nameOf = ({ kind, group }: LaneView, t: LanesText): string =>
  kind === 'retry' || kind === 'deadLetter' ? t(kind, { group }) : t(kind);

export function headOf(lane: LaneView, nowUs: number, t: LanesText): readonly string[] {
  const { kind, waiting, ready, parked } = lane;
  if (!isWaiting(lane)) {
    const { resent = 0 } = lane;
    return [t('parked', { count: ready }), ...(resent > 0 ? [t('sentAgain', { count: resent })] : [])];
  }
  const nextUs = Math.min(...parked.filter(({ dueUs }) => dueUs > 0).map(({ dueUs }) => dueUs));
  const time = formatDurationUs(nextUs - nowUs);
  return [
    t(kind === 'half' ? 'undecided' : 'waiting', { count: waiting }),
    ...(kind === 'retry' ? [t('ready', { count: ready })] : []),
    ...(waiting > 0 && Number.isFinite(nextUs) && nextUs > nowUs
      ? [t(kind === 'half' ? 'askedIn' : 'nextIn', { time })]
      : []),
  ];
}

/** A lane in words, for screen readers and for a page too small to draw it. */
export const laneSays = (lane: LaneView, nowUs: number, t: LanesText): string =>
  [nameOf(lane, t), ...headOf(lane, nowUs, t)].join(' · ');
