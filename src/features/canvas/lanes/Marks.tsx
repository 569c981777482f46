import { type KeyboardEvent, useId, useState } from 'react';
import type { LaneView, ParkedView } from '../../../engine/view';
import { formatDurationUs } from '../../../ui/format/number';
import { MessageGlyph } from '../../../ui/glyph/MessageGlyph';
import { describeMessage, type MessageState } from '../../../ui/glyph/message-state';
import { useWords } from '../../../ui/words/use-words';
import { useSelectedMessage } from '../cluster';
import { useGraphCalls } from '../graph-calls';
import { resentValues } from './lane-words';
import styles from './lanes.module.css';
import type { Cluster } from './time-axis';
import { useLanesText } from './use-lanes-text';

const GLYPH_PX = 14;
const MEM = ['none', 'volatile', 'calm'] as const;
const SLAVE = ['none', 'unflushed', 'disk'] as const;

/** Lanes whose messages come again and again. */
const NUMBERED: ReadonlySet<LaneView['kind']> = new Set(['retry', 'half']);

interface MarksProps {
  readonly label: string;
  readonly kind: LaneView['kind'];
  readonly clusters: readonly Cluster<ParkedView>[];
  readonly nowUs: number;
}

/** The messages of a lane: one tab stop, arrows to go along, Enter or a click to pick; again for the next of a pile. */
export function Marks({ label, kind, clusters, nowUs }: MarksProps) {
  const id = useId();
  const say = useSay(kind, nowUs);
  const { onPickMessage } = useGraphCalls();
  const selected = useSelectedMessage();
  const [cursor, setCursor] = useState(0);
  const at = Math.min(cursor, clusters.length - 1);
  const pick = ({ items }: Cluster<ParkedView>) => {
    const chosen = items.findIndex(({ message }) => message === selected);
    const next = items[(chosen + 1) % items.length];
    if (next) onPickMessage(next.message);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const picks = event.key === 'Enter' || event.key === ' ';
    if (step === undefined && !picks) return;
    event.preventDefault();
    event.stopPropagation();
    if (step !== undefined) setCursor(Math.max(0, Math.min(clusters.length - 1, at + step)));
    else if (clusters[at]) pick(clusters[at]);
  };
  if (clusters.length === 0) return null;
  return (
    <div
      role="listbox"
      aria-label={label}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      className={styles.marks}
      onKeyDown={onKeyDown}
    >
      {clusters.map((cluster, i) => {
        const { x, items } = cluster;
        const shown = items.find(({ message }) => message === selected) ?? (items[0] as ParkedView);
        const isSelected = shown.message === selected;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names its active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
          <div
            key={`${shown.message} ${shown.dueUs}`}
            id={`${id}-${i}`}
            role="option"
            aria-label={say(shown, items.length - 1)}
            aria-selected={isSelected}
            className={styles.mark}
            data-active={i === at || undefined}
            data-resent={shown.resent !== undefined || undefined}
            style={{ left: x - GLYPH_PX / 2 }}
            onClick={() => pick(cluster)}
          >
            <MessageGlyph
              state={stateOf(shown, kind)}
              size={GLYPH_PX}
              label={null}
              numbered={false}
              selected={isSelected}
            />
            <span>
              {items.length > 1
                ? `×${items.length}`
                : NUMBERED.has(kind) && shown.attempt > 0
                  ? `#${shown.attempt}`
                  : ''}
            </span>
          </div>
        );
      })}
    </div>
  );
}

/** How a message of a lane is drawn: by what it waits for, and by where its copies are. */
function stateOf({ attempt, copies }: ParkedView, kind: LaneView['kind']): MessageState {
  const rows: MessageState = {
    mem: MEM[copies.mem],
    disk: copies.disk,
    slave: SLAVE[copies.replica],
    lost: copies.lost,
  };
  switch (kind) {
    case 'retry':
      return { ...rows, retry: attempt };
    case 'delay':
    case 'timer':
      return { ...rows, delayed: true };
    case 'half':
      return { ...rows, half: true };
    case 'deadLetter':
    case 'discarded':
      return { ...rows, dead: true };
  }
}

function useSay(kind: LaneView['kind'], nowUs: number): (parked: ParkedView, more: number) => string {
  const t = useLanesText();
  const words = useWords();
  return (parked, more) => {
    const { key, dueUs, resent } = parked;
    const due =
      dueUs > nowUs
        ? [t(kind === 'half' ? 'askedIn' : 'dueIn', { time: formatDurationUs(dueUs - nowUs) })]
        : dueUs > 0
          ? [t('overdue')]
          : kind === 'retry'
            ? [t('readyZone')]
            : [];
    const again = resent === undefined ? [] : [t('resentMark', resentValues(resent))];
    const first = [key, describeMessage(stateOf(parked, kind), words), ...due, ...again].join(' · ');
    return more > 0 ? t('several', { first, count: more }) : first;
  };
}
