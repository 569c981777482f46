import { useMemo, useRef, useState } from 'react';
import { transport } from '../../i18n/areas/transport';
import { useText } from '../../i18n/use-text';
import { Timeline, type TimelineStep } from '../../ui/timeline/Timeline';
import { useWidth } from '../../ui/timeline/use-width';
import type { Mark, Pacing } from '../../worker/protocol';
import type { TransportCalls } from './calls';
import { drawMark } from './mark-words';
import { type TimelineMap, timelineMap } from './timeline-map';
import styles from './transport.module.css';

export interface LineProps {
  readonly pacing: Pacing;
  readonly nowUs: number;
  /** How far the run is known. */
  readonly headUs: number;
  readonly marks: readonly Mark[];
  /** A jump is under way: the picture is not yet of the moment shown. */
  readonly pending: boolean;
  readonly calls: TransportCalls;
}

/** Where the playhead is held during a scrub. */
interface Held {
  readonly map: TimelineMap;
  readonly x: number;
}

const LINE_MARGIN_PX = 24;

/** The run on its line, and the line as the scrubber. While it is dragged the line itself stands still. */
export function Line({ pacing, nowUs, headUs, marks, pending, calls }: LineProps) {
  const { t } = useText(transport);
  const [frame, widthPx] = useWidth<HTMLDivElement>(1440);
  const [held, setHeld] = useState<Held | null>(null);
  const sought = useRef(Number.NaN);
  const fresh = useMemo(
    () => timelineMap(pacing, marks, nowUs, headUs, widthPx - LINE_MARGIN_PX),
    [pacing, marks, nowUs, headUs, widthPx],
  );
  const map = held?.map ?? fresh;
  const shown = marks.filter(
    ({ timeUs }) => timeUs <= map.toUs && (timeUs >= map.shownFromUs || map.shownFromUs === 0),
  );
  const atUs = held ? map.timeOf(held.x) : nowUs;

  const seek = (timeUs: number) => {
    if (timeUs === sought.current) return;
    sought.current = timeUs;
    calls.seek(timeUs);
  };
  const onScrub = (x: number, phase: 'start' | 'move' | 'end') => {
    seek(map.timeOf(x));
    setHeld(phase === 'end' ? null : { map, x });
    if (phase === 'end') sought.current = Number.NaN;
  };
  const onStep = (step: TimelineStep) => {
    if (step === 'start') calls.toStart();
    else if (step === 'end') calls.toEnd();
    else calls.step(step.startsWith('beat') ? 'beat' : 'event', step.endsWith('back') ? -1 : 1);
  };
  return (
    <div ref={frame} className={styles.line}>
      <Timeline
        marks={shown.map((mark) => drawMark(mark, map.xOf(mark.timeUs), t))}
        folds={map.foldsAt(atUs)}
        playheadX={held?.x ?? map.xOf(nowUs)}
        atUs={atUs}
        range={{ fromUs: 0, toUs: map.toUs }}
        pending={pending || held !== null}
        onScrub={onScrub}
        onStep={onStep}
        onPickMark={(id) => {
          const picked = marks.find((mark) => String(mark.id) === id);
          if (picked === undefined) return;
          calls.seek(picked.timeUs);
          calls.why(picked.id);
        }}
        widthPx={widthPx - LINE_MARGIN_PX}
      />
    </div>
  );
}
