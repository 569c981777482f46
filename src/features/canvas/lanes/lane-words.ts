import type { LaneView } from '../../../engine/view';
import { formatDurationUs } from '../../../ui/format/number';
import type { LanesText } from './use-lanes-text';

export type WaitingLane = LaneView & { readonly kind: 'retry' | 'delay' | 'timer' | 'half' };

export const isWaiting = (lane: LaneView): lane is WaitingLane =>
  lane.kind !== 'deadLetter' && lane.kind !== 'discarded';

export const nameOf = ({ kind, group }: LaneView, t: LanesText): string =>
  kind === 'retry' || kind === 'deadLetter' ? t(kind, { group }) : t(kind);

export function headOf(lane: LaneView, nowUs: number, t: LanesText): readonly string[] {
  const { kind, waiting, ready, parked } = lane;
  if (!isWaiting(lane)) return [t('parked', { count: ready })];
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
