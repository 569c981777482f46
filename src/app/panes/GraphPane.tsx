import { lazy, Suspense, useEffect, useRef } from 'react';
import type { GraphHandle } from '../../features/canvas/ClusterGraph';
import { Starting } from '../../features/canvas/Starting';
import { HINT_COUNT, useHiddenHints } from '../../features/help/hidden-hints';
import { usePlayground } from '../../state/store';
import { Banners } from '../Banners';
import { act } from '../commands/act';
import { setGraph } from '../commands/graph-handle';
import { graphCode } from '../first-picture';
import { late } from '../late';
import { pickMessage } from '../pick';
import { showInspector, useShell } from '../shell-state';
import styles from './panes.module.css';

const Hints = late('Hints');
const LowerPane = lazy(() => import('./LowerPane'));
const ClusterGraph = lazy(async () => ({ default: (await graphCode).ClusterGraph }));

/** A hint with the room around it. It never stands over a card, so the graph leaves it room while one may come. */
const HINT_PX = 52;

/** The cluster, what has to be said above it, and what lies over its lower part. */
export function GraphPane({ phone }: { readonly phone: boolean }) {
  const graph = useRef<GraphHandle>(null);
  useEffect(() => setGraph(graph), []);
  const run = usePlayground((state) => state.run);
  const hints = useHiddenHints(({ hidden }) => hidden.length < HINT_COUNT);
  const lower = useShell((shell) => shell.lower !== null);
  return (
    <main className={styles.graph} tabIndex={-1}>
      <Banners />
      <div className={styles.picture}>
        <Suspense fallback={<Starting />}>
          <ClusterGraph
            key={run}
            ref={graph}
            keptBelowPx={hints ? HINT_PX : 0}
            onCommand={act}
            onInspect={() => showInspector('node')}
            onPickMessage={pickMessage}
          />
        </Suspense>
        <Suspense>{!phone && <Hints />}</Suspense>
      </div>
      <Suspense>{lower && <LowerPane />}</Suspense>
    </main>
  );
}
