import { Fragment } from 'react';
import { compare } from '../../i18n/areas/compare';
import { useText } from '../../i18n/use-text';
import {
  type ComparedRow,
  changesBehind,
  isRowWord,
  rowName,
  sectionWords,
  spellCell,
  spellDifference,
  type VersionsCompared,
} from '../../state/comparison';
import { cx } from '../../ui/cx';
import styles from './compare.module.css';
import { BehindTag, RuleTags } from './RuleTags';

export interface RowsTableProps {
  readonly compared: VersionsCompared;
  /** Equal rows are folded. */
  readonly only: boolean;
}

const COLUMNS = 5;
/** Losses that a report names one by one. */
const LOSSES_MAX = 100;

/** What the two reports say, line by line. */
export function RowsTable({ compared, only }: RowsTableProps) {
  const { t, pick } = useText(compare);
  const { rows, versions } = compared;
  const sections = [...new Set(rows.map(({ section }) => section))];
  const equal = rows.filter((row) => row.equal).length;
  return (
    <>
      <table className={styles.table} aria-label={t('table')}>
        <thead>
          <tr>
            <th scope="col" className={styles.headCell}>
              {t('what')}
            </th>
            {versions.map((version, i) => (
              <th key={version} scope="col" className={cx(styles.headCell, styles.number)}>
                <span className={styles.version}>
                  <i className={cx(styles.swatch, i === 1 && styles.second)} aria-hidden />
                  {t('product', { version })}
                </span>
                <small className={styles.note}>{i === 0 ? t('thisRun') : t('other')}</small>
              </th>
            ))}
            <th scope="col" className={cx(styles.headCell, styles.differenceHead)}>
              {t('difference')}
            </th>
            <th scope="col" className={cx(styles.headCell, styles.rules)}>
              {t('behind')}
              <small className={styles.note}>{t('behindHint')}</small>
            </th>
          </tr>
        </thead>
        {sections.map((section) => {
          const all = rows.filter((row) => row.section === section);
          const different = all.filter((row) => !row.equal);
          const shown = only ? different : all;
          if (shown.length === 0) return null;
          return (
            <tbody key={section}>
              <tr>
                <th colSpan={COLUMNS} scope="rowgroup" className={styles.sectionCell}>
                  {pick(sectionWords[section])}
                  <small className={styles.count}>
                    {different.length === 0
                      ? t('allEqual', { count: all.length })
                      : t('differ', { count: different.length, all: all.length })}
                    {section === 'losses' && isCut(compared) && ` · ${t('firstLosses')}`}
                  </small>
                </th>
              </tr>
              {shown.map((row) => (
                <Row key={row.id} row={row} compared={compared} />
              ))}
            </tbody>
          );
        })}
      </table>
      {only && equal > 0 && <p className={styles.folded}>{t('equalHidden', { count: equal })}</p>}
    </>
  );
}

const isCut = ({ reports }: VersionsCompared) => reports.some(({ lost }) => lost.length >= LOSSES_MAX);

function Row({ row, compared }: { readonly row: ComparedRow; readonly compared: VersionsCompared }) {
  const { lang } = useText(compare);
  const { values, equal, of, section } = row;
  const changes = changesBehind(row, compared.changes);
  return (
    <tr className={styles.row} data-equal={equal || undefined}>
      <th scope="row" className={styles.name}>
        {of !== '' && <span className={styles.of}>{of}</span>}
        <span className={isRowWord(row.name) ? undefined : styles.mono}>{rowName(row, lang)}</span>
        {section === 'losses' && (
          <>
            {' '}
            <RuleTags rules={row.rules} arrows />
          </>
        )}
      </th>
      {values.map((value, i) => (
        <td
          // biome-ignore lint/suspicious/noArrayIndexKey: two columns, always the same
          key={i}
          className={cx(styles.cell, styles.number, row.unit === 'text' && styles.names)}
          data-tone={toneOf(row, value)}
        >
          {spellCell(row, value, lang)}
        </td>
      ))}
      <td className={cx(styles.cell, styles.difference)}>
        <span className={styles.distance}>{spellDifference(row, lang)}</span>
        {!equal && <Bars row={row} />}
      </td>
      <td className={cx(styles.cell, styles.rules)}>
        {changes.map((change) => (
          <Fragment key={change.rules.join()}>
            <BehindTag change={change} versions={compared.versions} />{' '}
          </Fragment>
        ))}
      </td>
    </tr>
  );
}

const TONES: Readonly<Record<string, 'lost' | 'anom'>> = {
  lost: 'lost',
  lostWay: 'lost',
  lostConsumed: 'lost',
  duplicates: 'anom',
  orderViolations: 'anom',
};

/** Red is for messages that are gone, plum for duplicates and disorder: nothing else has a colour. */
const toneOf = ({ name }: ComparedRow, value: ComparedRow['values'][0]) =>
  typeof value === 'number' && value > 0 ? TONES[name] : undefined;

/** Both numbers as lengths, on one scale. */
function Bars({ row: { values } }: { readonly row: ComparedRow }) {
  const [first, second] = values;
  if (typeof first !== 'number' || typeof second !== 'number') return null;
  const max = Math.max(first, second);
  const width = (value: number) => ({ width: `${max === 0 ? 0 : (value / max) * 100}%` });
  return (
    <span className={styles.bars} aria-hidden>
      <i className={styles.bar} style={width(first)} />
      <i className={cx(styles.bar, styles.second)} style={width(second)} />
    </span>
  );
}
