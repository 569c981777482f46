import type { DetailSection } from '../../engine/details';
import { Code } from '../../ui/kit/Chip';
import { Section } from '../../ui/kit/Section';
import styles from './inspector.module.css';
import { tableWord, useTexts } from './texts';

/** A table of the real node, with the structure that holds it there. */
export function DetailTable({ section }: { readonly section: DetailSection }) {
  const { t, pick } = useTexts();
  const { title, source, columns = [], rows } = section;
  // The first cells of these tables are words of the engine; elsewhere they are names of this run.
  const named = columns[0] === 'mark' || columns[0] === 'resource';
  const numeric = columns.map((_, i) => rows.every((row) => (row[i] ?? '') === '' || isNumber(row[i] ?? '')));
  return (
    <Section title={pick(title)} aside={source && <Code>{source}</Code>}>
      {rows.length === 0 ? (
        <p className={styles.note}>{t('emptyTable')}</p>
      ) : (
        <div className={styles.scrollX}>
          <table className={styles.table}>
            {columns.length > 0 && (
              <thead>
                <tr>
                  {columns.map((column, i) => (
                    <th key={column} scope="col" data-number={numeric[i] || undefined}>
                      {tableWord(column, t)}
                    </th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>
              {rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table without keys keep their order
                <tr key={i}>
                  {row.map((cell, column) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                      key={column}
                      data-number={numeric[column] || undefined}
                      data-short={cell.length <= SHORT || undefined}
                    >
                      {column === 0 && named ? tableWord(cell, t) : cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

/** A cell as short as the name of a process stays on its line: its hyphen is no place to break. */
const SHORT = 12;

const isNumber = (cell: string) => /^[\d.,\u2212-]+( (?:s|ms|B))?$/.test(cell);
