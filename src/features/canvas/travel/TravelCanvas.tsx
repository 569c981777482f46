import { useStoreApi } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import type { FlightGlyph, MoveView } from '../../../engine/view';
import { FLIGHT_GLYPHS, onMoving } from '../../../state/motion';
import type { SpriteKind } from '../../../ui/glyph/sprites';
import { currentView, wireNow } from '../cluster';
import styles from '../graph.module.css';
import type { MoveWays } from './move-ways';
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

/** Beside the glyph of the followed message stands its key. */
const KEY_X = 13;
const KEY_Y = -13;

export interface TravelCanvasProps {
  readonly index: RouteIndex;
  readonly moveWays: MoveWays;
  readonly still: boolean;
}

/** The one canvas over the graph. It draws when a frame has come, or when the view was moved, and never on its own. */
export function TravelCanvas({ index, moveWays, still }: TravelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const key = useRef<HTMLSpanElement>(null);
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
      const transform = { x, y, zoom };
      const moves = placed(wire.motion.moves, moveWays);
      const at = painter.draw({ ...wire, index, moves, still, kinds: KINDS, transform });
      showKey(key.current, at, wire.followedKey);
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
  }, [flow, index, moveWays, still]);
  return (
    <>
      <canvas ref={canvas} className={styles.travel} aria-hidden />
      <span ref={key} className={styles.key} aria-hidden hidden />
    </>
  );
}

function placed(moves: readonly MoveView[], ways: MoveWays) {
  const view = currentView();
  if (view === null || moves.length === 0) return [];
  return moves.flatMap((move) => {
    const table = ways.of(move, view);
    return table === undefined ? [] : [{ move, table }];
  });
}

/** The name of the followed message goes along with its glyph: the canvas draws no text. */
function showKey(
  element: HTMLElement | null,
  at: { readonly x: number; readonly y: number } | undefined,
  text: string | null,
): void {
  if (element === null) return;
  element.hidden = at === undefined || text === null;
  if (at === undefined || text === null) return;
  if (element.textContent !== text) element.textContent = text;
  element.style.transform = `translate(${at.x + KEY_X}px, ${at.y + KEY_Y}px) translateY(-50%)`;
}
