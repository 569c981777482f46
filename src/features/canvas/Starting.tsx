import styles from './graph.module.css';
import { layoutGraph } from './layout';
import { useT } from './use-t';

const { nodes, bounds } = layoutGraph({
  registries: ['', ' '],
  registryRows: 4,
  groups: ['a', 'b'].map((id) => ({
    id,
    leader: id,
    followers: [`${id}1`],
    lanes: [0, 1, 2, 3].map((queue) => ({ queue, name: '', groups: [] })),
  })),
  clients: [
    { id: 'a', groups: [] },
    { id: 'b', groups: [] },
  ],
  consumerGroups: [{ id: '', consumers: ['a', 'b', 'c'] }],
  ribbons: [],
  lanes: [],
});

/** Outlines until the first view is there; a word when that takes long. */
export function Starting() {
  const t = useT();
  return (
    <div className={styles.starting}>
      <svg viewBox={`0 0 ${bounds.width} ${bounds.height}`} preserveAspectRatio="xMidYMin meet" aria-hidden>
        {nodes.flatMap((node) =>
          node.cards.map((card) => (
            <rect
              key={`${node.id} ${card.y}`}
              x={node.x + card.x}
              y={node.y + card.y}
              width={card.width}
              height={card.height}
              rx={4}
            />
          )),
        )}
      </svg>
      <p>{t('starting')}</p>
    </div>
  );
}
