import { common } from '../../i18n/areas/common';
import { terms } from '../../i18n/areas/terms';
import { useText } from '../../i18n/use-text';
import styles from './help.module.css';

/** How a term is called: a word of the glossary, or a name that stays as it is in both languages. */
type Called = { readonly word: Word } | { readonly name: string };
type Word =
  | 'pageCache'
  | 'flush'
  | 'replication'
  | 'offset'
  | 'lag'
  | 'rebalance'
  | 'route'
  | 'heartbeat'
  | 'believedAlive';

const TERMS: readonly (readonly [term: keyof typeof terms.texts, called: Called])[] = [
  ['commitLog', { name: 'CommitLog' }],
  ['consumeQueue', { name: 'ConsumeQueue' }],
  ['pageCache', { word: 'pageCache' }],
  ['flush', { word: 'flush' }],
  ['replication', { word: 'replication' }],
  ['offset', { word: 'offset' }],
  ['lag', { word: 'lag' }],
  ['rebalance', { word: 'rebalance' }],
  ['route', { word: 'route' }],
  ['heartbeat', { word: 'heartbeat' }],
  ['belief', { word: 'believedAlive' }],
  ['killProcess', { name: 'kill -9' }],
];

/** The terms of the field, each in one or two sentences. */
export function Glossary() {
  const { t } = useText(terms);
  const words = useText(common);
  return (
    <dl className={styles.glossary}>
      {TERMS.map(([term, called]) => (
        <div key={term}>
          <dt>{'word' in called ? words.t(called.word) : called.name}</dt>
          <dd>{t(term)}</dd>
        </div>
      ))}
    </dl>
  );
}
