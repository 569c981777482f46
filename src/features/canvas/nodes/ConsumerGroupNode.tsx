import { useView } from '../cluster';
import type { NodeBox } from '../layout';
import { useT } from '../use-t';
import { ConsumerCard } from './ConsumerCard';
import styles from './consumer.module.css';
import { useDetail } from './detail';

/** The consumers of a group in a frame with its name and its total lag. */
export function ConsumerGroupNode({ id, box }: { readonly id: string; readonly box: NodeBox }) {
  const t = useT();
  const detail = useDetail();
  const head = useView((view) => {
    const group = view.consumerGroups.find((other) => other.id === id);
    return group && { lag: group.lag, count: group.consumers.length };
  });
  if (!head) return null;
  return (
    <>
      <div className={styles.frame} style={{ width: box.width, height: box.height }}>
        <header className={styles.head} data-detail={detail}>
          <h3>{id}</h3>
          {detail === 'full' && <p>{t('groupHead', head)}</p>}
        </header>
      </div>
      {box.cards.map((card) => (
        <ConsumerCard key={card.process} group={id} box={card} />
      ))}
    </>
  );
}
