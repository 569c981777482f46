import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { FlightGlyph } from '../../../engine/view';
import { FLIGHT_GLYPHS, onMoving } from '../../../state/motion';
import type { SpriteKind } from '../../../ui/glyph/sprites';
import { wireNow } from '../cluster';
import styles from '../graph.module.css';
import { Painter } from './painter';
import type { RouteIndex } from './route-index';

/** A glyph on the wire has no rows: what travels is not stored by travelling. */
const DRAWN: Readonly<Record<FlightGlyph, SpriteKind | 'copy'>> = {
  message: {},
  ack: 'reply-ok',
  refusal: 'reply-other',
  replica: 'copy',
  fetch: 'beat',
  delivery: {},
  heartbeat: 'beat',
  other: 'beat',
};
const KINDS = FLIGHT_GLYPHS.map((glyph) => DRAWN[glyph]);

/** The one canvas over the graph. It draws when a frame has come, or when the view was moved, and never on its own. */
export function TravelCanvas({ index, still }: { readonly index: RouteIndex; readonly still: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const flow = useStoreApi();
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return undefined; // without a canvas the list of glyphs still says it all
    const painter = new Painter(context);
    let due = 0;
    const draw = () => {
      due = 0;
      const wire = wireNow();
      if (!wire) return;
      const [x, y, zoom] = flow.getState().transform;
      painter.draw({ ...wire, index, still, kinds: KINDS, transform: { x, y, zoom } });
    };
    const schedule = () => {
      due ||= requestAnimationFrame(draw);
    };
    const refresh = () => {
      painter.refresh(element.clientWidth, element.clientHeight, window.devicePixelRatio);
      schedule();
    };
    const resized = new ResizeObserver(refresh);
    resized.observe(element);
    const themed = new MutationObserver(refresh);
    themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const stopFrames = onMoving(schedule);
    const stopFlow = flow.subscribe((state, before) => {
      if (state.transform !== before.transform) schedule();
    });
    refresh();
    return () => {
      cancelAnimationFrame(due);
      resized.disconnect();
      themed.disconnect();
      stopFrames();
      stopFlow();
    };
  }, [flow, index, still]);
  return <canvas ref={canvas} className={styles.travel} aria-hidden />;
}
