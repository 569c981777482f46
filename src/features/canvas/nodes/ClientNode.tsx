import { cx } from '../../../ui/cx';
import { formatAgeUs, formatNumber, formatShort } from '../../../ui/format/number';
import { textWidthPx } from '../../../ui/format/text-width';
import { Icon } from '../../../ui/icons/Icon';
import { useNow, useView } from '../cluster';
import { type NodeBox, SIZE } from '../layout';
import { fittingName, groupOf, shortNames } from '../names';
import { clientSays } from '../process-words';
import { type T, useT } from '../use-t';
import { CardNames } from './CardNames';
import card from './card.module.css';
import styles from './client.module.css';
import { useDetail } from './detail';
import { ProcessCard } from './ProcessCard';
import { StateMarks } from './StateMarks';

/** From far the name is all that a card shows. */
const FAR_BESIDE_PX = 52;
const FAR_SIZE_PX = 34;

/** A longer rate leaves no room for its label. */
const LABEL_BELOW = 100;

/** A producer: what it sends, how old its knowledge of the routes is, and what it waits for. */
export function ClientNode({ id, box }: { readonly id: string; readonly box: NodeBox }) {
  const t = useT();
  const detail = useDetail();
  const client = useView((view) => view.clients.find((other) => other.id === id));
  const waitsFor = useView((view) => waitedFor(view, id)) ?? [];
  const ids = useView((view) => view.clients.map((other) => other.id)) ?? [];
  const nowUs = useNow(client);
  const cardBox = box.cards[0];
  if (!client || !cardBox) return null;
  const nameIn = (widthMaxPx: number, sizePx: number) =>
    fittingName(id, ids, widthMaxPx, (text) => textWidthPx(text, sizePx, true));
  const waiting = client.waiting.reduce((sum, { count }) => sum + count, 0);
  return (
    <ProcessCard process={client} box={cardBox} says={clientSays(client, nowUs, t)}>
      {detail === 'names' ? (
        <CardNames name={nameIn(cardBox.width - FAR_BESIDE_PX, FAR_SIZE_PX)} process={client} />
      ) : (
        <>
          <header className={styles.head}>
            <Icon name="producer" size={14} />
            <span className={cx(card.name, styles.name)} title={id}>
              {nameIn(cardBox.width - SIZE.clientNameBeside, SIZE.clientName)}
            </span>
            {client.host !== id && <span className={styles.host}>{client.host}</span>}
          </header>
          <div className={styles.body}>
            {client.state === 'up' ? (
              <p className={card.line}>
                {(client.ratePerSecond < LABEL_BELOW || client.paused) && (
                  <span className={card.quiet}>{t('sends')}</span>
                )}
                <Rate perSecond={client.ratePerSecond} paused={client.paused} t={t} />
              </p>
            ) : (
              <p className={styles.stamp}>
                <StateMarks process={client} narrow />
              </p>
            )}
            <p className={card.line}>
              <span className={card.quiet}>{t('routeAge')}</span>
              <span className={card.numeral}>{formatAgeUs(client.routeAgeUs)}</span>
            </p>
            <p className={styles.waiting}>
              <span>{waitsFor.length === 1 ? t('waitingOn', { name: waitsFor[0]! }) : t('waiting')}</span>
              <b className={card.numeral}>{formatNumber(waiting)}</b>
            </p>
          </div>
        </>
      )}
    </ProcessCard>
  );
}

function Rate({
  perSecond,
  paused,
  t,
}: {
  readonly perSecond: number;
  readonly paused: boolean;
  readonly t: T;
}) {
  if (paused) return <span className={card.strong}>{t('paused')}</span>;
  return (
    <span className={card.numeral}>
      {formatShort(perSecond)} <span className={card.unit}>{t('perSecond')}</span>
    </span>
  );
}

/** Short names of the groups that a producer waits for. */
function waitedFor(view: Parameters<typeof groupOf>[0], id: string): readonly string[] {
  const names = shortNames(view.groups.map((group) => group.id));
  const waiting = view.clients.find((client) => client.id === id)?.waiting ?? [];
  const groups = waiting.filter(({ count }) => count > 0).map(({ on }) => groupOf(view, on) ?? on);
  return [...new Set(groups)].map((group) => names.get(group) ?? group);
}
