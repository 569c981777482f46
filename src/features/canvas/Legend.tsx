import { useState } from 'react';
import { MessageGlyph } from '../../ui/glyph/MessageGlyph';
import { describeMessage, MESSAGE_STATES } from '../../ui/glyph/message-state';
import { Icon } from '../../ui/icons/Icon';
import { useWords } from '../../ui/words/use-words';
import styles from './graph.module.css';
import { useDetail } from './nodes/detail';
import { useT } from './use-t';

const STATES = [
  MESSAGE_STATES.inFlight,
  MESSAGE_STATES.cacheOnly,
  MESSAGE_STATES.onDisk,
  MESSAGE_STATES.diskAndSlave,
  MESSAGE_STATES.slaveOnly,
  MESSAGE_STATES.lost,
] as const;

/** The glyphs by where copies live. It folds away, by itself when the graph is seen from far. */
export function Legend() {
  const t = useT();
  const words = useWords();
  const [wanted, setOpen] = useState(true);
  const detail = useDetail();
  const open = wanted && detail === 'full';
  return (
    <section className={styles.legend} aria-label={t('legend')}>
      <button
        type="button"
        className={styles.fold}
        aria-expanded={open}
        aria-label={open ? t('hideLegend') : t('showLegend')}
        onClick={() => setOpen(!open)}
      >
        {t('legend')}
        <Icon name={open ? 'down' : 'up'} size={12} />
      </button>
      {open && (
        <ul>
          {STATES.map((state) => (
            <li key={describeMessage(state, words)}>
              <MessageGlyph state={state} size={12} label={null} />
              {describeMessage(state, words)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
