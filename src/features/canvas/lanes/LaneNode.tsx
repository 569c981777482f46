import type { LaneView, ParkedView } from '../../../engine/view';
import { formatDurationUs } from '../../../ui/format/number';
import { Icon } from '../../../ui/icons/Icon';
import type { IconName } from '../../../ui/icons/icon-shapes';
import { useView } from '../cluster';
import type { NodeBox } from '../layout';
import { useDetail } from '../nodes/detail';
import { FIRST_PX, laneScale } from './lane-scale';
import { headOf, isWaiting, laneSays, nameOf, resentValues, type WaitingLane } from './lane-words';
import styles from './lanes.module.css';
import { Marks } from './Marks';
import { clustered, tickText } from './time-axis';
import { type LanesText, useLanesText } from './use-lanes-text';

const ICONS: Readonly<Record<LaneView['kind'], IconName>> = {
  retry: 'retry',
  delay: 'time',
  timer: 'time',
  deadLetter: 'none',
  half: 'view',
  discarded: 'none',
};

const MARK_PX = 38;
const DEAD_PITCH_PX = 24;

/** Messages that stand apart from the queues: for their time, or for a person. */
export function LaneNode({ id, box }: { readonly id: string; readonly box: NodeBox }) {
  const t = useLanesText();
  const detail = useDetail();
  const lane = useView((view) => view.lanes.find((other) => other.id === id));
  const nowUs = useView((view) => view.nowUs) ?? 0;
  if (!lane) return null;
  const head = headOf(lane, nowUs, t);
  return (
    <section
      className={styles.lane}
      data-kind={lane.kind}
      data-detail={detail}
      aria-label={laneSays(lane, nowUs, t)}
      style={{ width: box.width, height: box.height }}
    >
      <header className={styles.head}>
        <Icon name={ICONS[lane.kind]} size={14} />
        <h3 title={lane.topic}>{detail === 'names' ? nameOf(lane, t) : lane.topic}</h3>
        <p>{head.join(' · ')}</p>
      </header>
      {detail === 'full' &&
        (isWaiting(lane) ? (
          <Waiting lane={lane} nowUs={nowUs} width={box.width} />
        ) : (
          <GivenUp lane={lane} nowUs={nowUs} width={box.width} />
        ))}
    </section>
  );
}

interface BodyProps {
  readonly lane: LaneView;
  readonly nowUs: number;
  readonly width: number;
}

function Waiting({ lane, nowUs, width }: BodyProps & { readonly lane: WaitingLane }) {
  const t = useLanesText();
  const { axis, left, span, xOf } = laneScale(lane, nowUs, width);
  const drawn = lane.parked.length;
  const said = wordsOf(lane, nowUs, t);
  const all = lane.kind === 'timer' ? lane.waiting : lane.waiting + lane.ready;
  const partly = all > drawn ? [t('soonest', { count: drawn })] : [];
  const text = [...said, ...partly].join(' · ') || t('empty');
  return (
    <>
      <svg className={styles.axis} width={width} height={58} aria-hidden>
        {lane.kind !== 'retry' && (
          <rect x={left - 9} y={2} width={span + 18} height={21} fill="url(#hatch-dead)" />
        )}
        {lane.kind === 'retry' && (
          <text x={FIRST_PX - 9} y={37}>
            {t('readyZone')}
          </text>
        )}
        <path d={`M${left} 25h${span}`} />
        {axis.ticks.map((tick, i) => {
          const x = left + (span * i) / (axis.ticks.length - 1);
          return (
            <g key={tick}>
              <path d={`M${x} 22v6`} />
              <text x={x} y={37} textAnchor="middle">
                {tick === 0 ? '0' : tickText(tick)}
              </text>
            </g>
          );
        })}
      </svg>
      <Marks
        label={nameOf(lane, t)}
        kind={lane.kind}
        clusters={clustered(lane.parked, xOf, MARK_PX)}
        nowUs={nowUs}
      />
      <p className={styles.words} title={text}>
        {text}
      </p>
    </>
  );
}

/** What a lane says of the way in which its messages wait. */
function wordsOf(lane: WaitingLane, nowUs: number, t: LanesText): readonly string[] {
  switch (lane.kind) {
    case 'half':
      return [t('invisible')];
    case 'timer':
      return [...(lane.ready > 0 ? [t('notHung', { count: lane.ready })] : []), t('wheel')];
    default:
      return lane.levels.map((level) => levelText(level, nowUs, t));
  }
}

function levelText(
  { level, delayUs, count, nextUs }: LaneView['levels'][number],
  nowUs: number,
  t: LanesText,
): string {
  const values = { level, delay: tickText(delayUs), count };
  return nextUs > nowUs
    ? t('level', { ...values, time: formatDurationUs(nextUs - nowUs) })
    : t('levelOver', values);
}

function GivenUp({ lane, nowUs, width }: BodyProps) {
  const t = useLanesText();
  const room = Math.floor((width - FIRST_PX) / DEAD_PITCH_PX);
  const shown = lane.parked.slice(0, room);
  const newest = lane.parked[0];
  const reason = newest === undefined ? '' : reasonOf(newest, lane, t);
  const fate = fateOf(lane, t);
  return (
    <>
      <Marks
        label={nameOf(lane, t)}
        kind={lane.kind}
        clusters={shown.map((parked, i) => ({ x: FIRST_PX + i * DEAD_PITCH_PX, items: [parked] }))}
        nowUs={nowUs}
      />
      <p className={styles.reason} title={reason}>
        {reason}
        {lane.ready > shown.length && <span> · {t('newest', { count: shown.length })}</span>}
      </p>
      <p className={styles.words} title={fate}>
        {fate}
      </p>
    </>
  );
}

/** What has led to it. */
function reasonOf({ key, attempt, resent }: ParkedView, { kind }: LaneView, t: LanesText): string {
  if (resent !== undefined) return t('resentTo', { key, ...resentValues(resent) });
  return t(kind === 'deadLetter' ? 'failed' : 'asked', { key, count: attempt });
}

/** What becomes of it. */
function fateOf({ kind, ready, resent = 0 }: LaneView, t: LanesText): string {
  if (kind !== 'deadLetter') return t('neverDecided');
  return t(ready > 0 && resent === ready ? 'staysDead' : 'unread');
}
