import { formatNumber } from '../format/number';
import { MessageGlyph } from '../glyph/MessageGlyph';
import { Icon } from '../icons/Icon';
import type { IconName } from '../icons/icon-shapes';
import styles from './Timeline.module.css';
import type { PlacedMark } from './timeline-layout';

/** A mark on the line. What has not happened yet is dashed and grey, whatever its kind. */
export function MarkGlyph({ placed, y }: { readonly placed: PlacedMark; readonly y: number }) {
  const { mark, members, future, px } = placed;
  const reach = mark.kind === 'event' ? 5 : 11;
  return (
    <g transform={`translate(${px} ${y})`} className={future ? styles.markFuture : styles.mark}>
      <Shape placed={placed} />
      {members.length > 1 && (
        <text className={styles.count} x={reach} y={-4}>
          {formatNumber(members.length)}
        </text>
      )}
    </g>
  );
}

function Shape({ placed: { mark, future } }: { readonly placed: PlacedMark }) {
  switch (mark.kind) {
    case 'loss':
      return (
        <>
          <path className={future ? styles.outlined : styles.loss} d="M0-10l10 18h-20z" />
          <path className={future ? styles.thin : styles.lossCross} d="M-2.8 0l5.6 5.4m0-5.4l-5.6 5.4" />
        </>
      );
    case 'kill':
      return (
        <>
          <rect
            className={future ? styles.outlined : styles.solid}
            x={-9}
            y={-9}
            width={18}
            height={18}
            rx={2}
          />
          <At name={mark.icon ?? 'power'} size={13} className={future ? undefined : styles.inverse} />
        </>
      );
    case 'failover':
    case 'fault':
      return (
        <>
          <rect className={styles.outlined} x={-8} y={-8} width={16} height={16} rx={2} />
          <At name={mark.icon ?? 'failover'} size={12} />
        </>
      );
    case 'rebalance':
      return (
        <>
          <circle className={styles.outlined} r={8} />
          <At name="rebalance" size={11} />
        </>
      );
    case 'message':
      return <MessageGlyph state={mark.state ?? {}} size={12} x={-6} y={-6} label={null} />;
    case 'event':
      return <circle className={future ? styles.openDot : styles.dot} r={3.5} />;
  }
}

function At({
  name,
  size,
  className,
}: {
  readonly name: IconName;
  readonly size: number;
  readonly className?: string | undefined;
}) {
  return (
    <g transform={`translate(${-size / 2} ${-size / 2})`} className={className}>
      <Icon name={name} size={size} />
    </g>
  );
}
