import { common } from '../../i18n/areas/common';
import { help } from '../../i18n/areas/help';
import { useText } from '../../i18n/use-text';
import { type Hatch, hatch } from '../../ui/glyph/HatchDefs';
import { MessageGlyph } from '../../ui/glyph/MessageGlyph';
import { describeMessage, MESSAGE_STATES, type MessageState } from '../../ui/glyph/message-state';
import { Icon } from '../../ui/icons/Icon';
import type { IconName } from '../../ui/icons/icon-shapes';
import { Section } from '../../ui/kit/Section';
import { useWords } from '../../ui/words/use-words';
import styles from './help.module.css';

const HAPPENING: readonly MessageState[] = [
  { retry: 1, mem: 'calm', disk: true, slave: true },
  { dead: true },
  { consumed: true },
];

const HATCHES = [
  ['volatile', 'hatchVolatile'],
  ['slave', 'hatchSlave'],
  ['lost', 'hatchLost'],
  ['dead', 'hatchDots'],
] as const satisfies readonly (readonly [Hatch, keyof typeof help.texts])[];

const MARKS = [
  ['power', 'powerLoss'],
  ['kill', 'killProcess'],
  ['lost', 'acknowledgedLost'],
  ['failover', 'failover'],
  ['rebalance', 'rebalance'],
  ['duplicate', 'duplicate'],
  ['order', 'orderViolation'],
  ['link-cut', 'linkCut'],
  ['link-slow', 'slowLink'],
] as const satisfies readonly (readonly [IconName, keyof typeof common.texts])[];

/** What is drawn, and what it means. */
export function LegendPage() {
  const { t } = useText(help);
  const words = useText(common);
  const parts = useWords();
  return (
    <>
      <Section title={t('copies')}>
        <p className={styles.lead}>{t('rows')}</p>
        <ul className={styles.legend}>
          {[...Object.values<MessageState>(MESSAGE_STATES), ...HAPPENING].map((state) => (
            <li key={describeMessage(state, parts)}>
              <MessageGlyph state={state} size={20} label={null} />
              {describeMessage(state, parts)}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('hatches')}>
        <ul className={styles.legend}>
          {HATCHES.map(([kind, text]) => (
            <li key={kind}>
              <svg width={32} height={18} aria-hidden>
                <rect width={32} height={18} fill={hatch(kind)} stroke="var(--c-line-2)" strokeWidth={0.8} />
              </svg>
              {t(text)}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t('marks')}>
        <ul className={styles.legend}>
          {MARKS.map(([icon, text]) => (
            <li key={icon}>
              <Icon name={icon} />
              {words.t(text)}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
