import { memo } from 'react';
import { formatDurationUs } from '../../../ui/format/number';
import { useView } from '../cluster';
import { svgPath } from '../path';
import type { Stub, Trunk } from '../route-types';
import { useT } from '../use-t';
import styles from './edge.module.css';
import { type BusState, busState } from './edge-state';
import { Cross, EdgeLabel } from './parts';

/** What all heartbeats, or all polls, run on. */
export const TrunkEdge = memo(function TrunkEdge({ trunk }: { readonly trunk: Trunk }) {
  const t = useT();
  return (
    <>
      <path className={styles.dots} d={trunk.paths.map(svgPath).join('')} />
      {trunk.words && (
        <EdgeLabel {...trunk.words} align="right" quiet>
          {t('routePoll')}
        </EdgeLabel>
      )}
    </>
  );
});

/** The way of one process to the bus, with a cross when nothing can go there. */
export const StubEdge = memo(function StubEdge({ stub }: { readonly stub: Stub }) {
  const { process, path, words, kind } = stub;
  const state = useView((view) => busState(view, process));
  const registries = useView((view) => view.registries.length);
  if (!state) return null;
  const [start, end] = [path[0]!, path.at(-1)!];
  const all = state.cut.length === registries;
  const silent = kind === 'heartbeat' && (state.dead || all);
  return (
    <>
      <path className={styles.hit} d={svgPath(path)} />
      {kind === 'heartbeat' && !silent && <path className={styles.dots} d={svgPath(path)} />}
      {(silent || state.cut.length > 0) && (
        <Cross x={(start[1] + end[1]) / 2} y={(start[2] + end[2]) / 2} arm={3.5} />
      )}
      <BusWords state={state} all={all} place={words} />
    </>
  );
});

function BusWords(props: { readonly state: BusState; readonly all: boolean; readonly place: Stub['words'] }) {
  const { state, all, place } = props;
  const t = useT();
  const words = [
    ...(state.cut.length === 0 ? [] : [all ? t('linkCut') : `${state.cut.join(' ')} ${t('linkCut')}`]),
    ...state.slow.map(
      ({ registry, latencyUs }) => `${registry} ${t('linkSlow', { latency: formatDurationUs(latencyUs) })}`,
    ),
  ];
  if (words.length === 0) return null;
  return <EdgeLabel {...place}>{words.join(' · ')}</EdgeLabel>;
}
