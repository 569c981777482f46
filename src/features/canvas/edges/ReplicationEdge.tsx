import { memo, useMemo } from 'react';
import { useView } from '../cluster';
import { pointTable, svgPath } from '../path';
import type { Route } from '../route-types';
import styles from './edge.module.css';
import { feedState } from './edge-state';
import { along, Cross, EdgeHit } from './parts';

/** From the leader's log to a follower's. Its lag stands in words in the joint of the two cards. */
export const ReplicationEdge = memo(function ReplicationEdge({ route }: { readonly route: Route }) {
  const state = useView((view) => feedState(view, route.from, route.to));
  const middle = useMemo(() => along(pointTable(route.path), 0.5), [route.path]);
  if (!state) return null;
  return (
    <g data-look={state.connected ? 'fed' : 'broken'}>
      <EdgeHit path={route.path} link={[route.from, route.to]} />
      <path
        className={styles.feed}
        d={svgPath(route.path)}
        markerEnd={state.connected ? 'url(#graph-arrow-slave)' : undefined}
      />
      {!state.connected && <Cross {...middle} />}
    </g>
  );
});
