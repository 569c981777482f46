import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../../ui/kit/IconButton';
import { useView } from './cluster';
import { laneSays } from './lanes/lane-words';
import { useLanesText } from './lanes/use-lanes-text';
import { layoutGraph, type NodeBox } from './layout';
import { DetailContext } from './nodes/detail';
import { ReplicaGroupNode } from './nodes/ReplicaGroupNode';
import styles from './pager.module.css';
import { clientSays, consumerSays, registrySays, replicaSays } from './process-words';
import { graphShape } from './shape';
import { GlyphList } from './travel/GlyphList';
import { useT } from './use-t';

const PADDING_PX = 12;

/** The cluster on a phone: one replica group at a time, swiped sideways, and the rest in words. Nothing can be broken. */
export function PairPager() {
  const t = useT();
  const shape = useView(graphShape);
  const track = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState(0);
  const width = useWidth(track);
  const groups = shape ? layoutGraph(shape).nodes.filter(({ kind }) => kind === 'replicaGroup') : [];
  const go = (to: number) => track.current?.scrollTo({ left: to * width });
  return (
    <section className={styles.pager} aria-label={t('graph')}>
      <nav className={styles.bar}>
        <IconButton
          icon="left"
          label={t('previousPair')}
          disabled={page === 0}
          onClick={() => go(page - 1)}
        />
        <span>{t('pairOf', { position: page + 1, count: groups.length })}</span>
        <IconButton
          icon="right"
          label={t('nextPair')}
          disabled={page >= groups.length - 1}
          onClick={() => go(page + 1)}
        />
      </nav>
      <div
        ref={track}
        className={styles.track}
        onScroll={({ currentTarget }) => setPage(Math.round(currentTarget.scrollLeft / Math.max(1, width)))}
      >
        {groups.map((box) => (
          <Page key={box.id} box={box} width={width} />
        ))}
      </div>
      <Words />
      <GlyphList />
    </section>
  );
}

function Page({ box, width }: { readonly box: NodeBox; readonly width: number }) {
  const t = useT();
  const id = box.id.slice(box.kind.length + 1);
  const scale = Math.min(1, Math.max(0.5, (width - 2 * PADDING_PX) / box.width));
  const lines = useView((view) =>
    view.groups
      .find((group) => group.id === id)
      ?.replicas.map((replica) => [replica.id, replicaSays(replica, id, view.nowUs, t)] as const),
  );
  return (
    <div className={styles.page}>
      <DetailContext value="bars">
        <div style={{ height: box.height * scale }}>
          <div
            className={styles.drawing}
            style={{ width: box.width, height: box.height, transform: `scale(${scale})` }}
          >
            <ReplicaGroupNode id={id} box={box} />
          </div>
        </div>
      </DetailContext>
      <Lines lines={lines ?? []} />
    </div>
  );
}

/** Everything that is not a log. */
function Words() {
  const t = useT();
  const lanesT = useLanesText();
  const lines = useView((view) => [
    ...view.clients.map((client) => [client.id, clientSays(client, view.nowUs, t)] as const),
    ...view.registries.map((registry) => [registry.id, registrySays(registry, view.nowUs, t)] as const),
    ...view.consumerGroups
      .flatMap(({ consumers }) => consumers)
      .map((consumer) => [consumer.id, consumerSays(consumer, view.nowUs, t)] as const),
    ...view.lanes.map((lane) => [lane.id, laneSays(lane, view.nowUs, lanesT)] as const),
  ]);
  return <Lines lines={lines ?? []} />;
}

const Lines = ({ lines }: { readonly lines: readonly (readonly [id: string, says: string])[] }) => (
  <ul className={styles.lines}>
    {lines.map(([id, says]) => (
      <li key={id}>{says}</li>
    ))}
  </ul>
);

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
