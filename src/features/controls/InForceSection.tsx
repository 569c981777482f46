import { formatDurationUs, formatShort, formatTimeUs } from '../../ui/format/number';
import { Icon } from '../../ui/icons/Icon';
import { Button } from '../../ui/kit/Button';
import { Section } from '../../ui/kit/Section';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { type InForce, inForce } from './model/in-force';
import { type T, useT } from './texts';

/** What is not as the scenario has it, since when, and the button that undoes it. */
export function InForceSection({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const list = inForce(data.view, data.scenario, data.settings, data.marks);
  return (
    <Section title={t('inForce')} aside={list.length > 0 ? t('since') : undefined}>
      {list.length === 0 && <p className={styles.note}>{t('nothingInForce')}</p>}
      <ul className={styles.inForce}>
        {list.map((each) => {
          const what = textOf(each, t);
          const { undo } = each;
          return (
            <li key={each.id}>
              <Icon name={each.icon} size={14} />
              <span className={styles.what}>{what}</span>
              <span className={styles.aside}>
                {each.sinceUs === null ? '' : formatTimeUs(each.sinceUs, 1)}
              </span>
              {undo ? (
                <Button
                  size="dense"
                  aria-label={t('undoOf', { verb: t(undo.verb), what })}
                  onClick={() => act(...undo.requests)}
                >
                  {t(undo.verb)}
                </Button>
              ) : (
                <span />
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function textOf({ text, names, other = '', valueUs, factor, percent = 0, keys = '' }: InForce, t: T): string {
  const name = names.reduce((one, other) => t('listed', { one, other }));
  const value =
    valueUs !== undefined
      ? formatDurationUs(valueUs)
      : t('timesSlower', { factor: formatShort(factor ?? 1, 3) });
  switch (text) {
    case 'linkCut':
      return t('linkCut', { name, other });
    case 'linkSlow':
      return t('linkSlow', { name, other, value });
    case 'failing':
      return t('failing', { name, percent: formatShort(percent) });
    case 'poisoned':
      return t('poisoned', { name, keys });
    case 'haSlow':
    case 'diskSlow':
    case 'cpuSlow':
    case 'networkSlow':
    case 'handlerSlow':
      return t(text, { name, value });
    default:
      return t(text, { name });
  }
}
