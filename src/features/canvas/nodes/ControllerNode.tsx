import { useView } from '../cluster';
import type { NodeBox } from '../layout';
import { controllerWords } from '../process-words';
import { useT } from '../use-t';
import { CardNames } from './CardNames';
import card from './card.module.css';
import { useDetail } from './detail';
import { ProcessCard } from './ProcessCard';
import styles from './registry.module.css';
import { StateMarks } from './StateMarks';

/** A member of the quorum that elects leaders: who leads it, and each group's leader and epoch. */
export function ControllerNode({ id, box }: { readonly id: string; readonly box: NodeBox }) {
  const t = useT();
  const detail = useDetail();
  const controller = useView((view) => view.controllers?.find((other) => other.id === id));
  const cardBox = box.cards[0];
  if (!controller || !cardBox) return null;
  const [role, ...votes] = controllerWords(controller, t);
  return (
    <ProcessCard
      process={controller}
      box={cardBox}
      says={[id, t('controller'), role, ...votes].join(t('comma'))}
    >
      {detail === 'names' ? (
        <CardNames name={id} process={controller} />
      ) : (
        <>
          <header className={styles.head}>
            <span className={card.name}>{id}</span>
            {controller.state === 'up' ? (
              <span className={card.role}>{role}</span>
            ) : (
              <span className={card.end}>
                <StateMarks process={controller} narrow />
              </span>
            )}
          </header>
          <div className={styles.rows}>
            {controller.state === 'up' &&
              votes.map((vote) => (
                <p key={vote} className={styles.empty}>
                  {vote}
                </p>
              ))}
            {controller.groups.map((group) => (
              <p key={group.group} className={styles.empty}>
                {group.master ?? t('controllerNoMaster', { group: group.group })} · epoch {group.epoch} ·{' '}
                {group.inSync.length}/{group.alive.length}
              </p>
            ))}
          </div>
        </>
      )}
    </ProcessCard>
  );
}
