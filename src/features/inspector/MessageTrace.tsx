import type { MessageDetails, MessageTraceView } from '../../engine/details';
import { formatTimeUs } from '../../ui/format/number';
import { PropertyTable, Section } from '../../ui/kit/Section';
import { Term } from '../../ui/kit/Term';
import styles from './inspector.module.css';
import { compareTrace, type NoTrace, rowsOfTrace, type TraceRow, whyNoTrace } from './model/trace-rows';
import { type T, useT, useTerms } from './texts';

const WHY_NOT = {
  off: 'traceOff',
  switchedOff: 'traceSwitchedOff',
  noTopic: 'traceNoTopic',
  nothing: 'traceNothing',
} as const satisfies Record<Exclude<NoTrace, 'waiting'>, string>;

/** What the product's own message trace has of the message, beside what really happened. */
export function MessageTrace({ details }: { readonly details: MessageDetails }) {
  const t = useT();
  const terms = useTerms();
  const { trace } = details;
  if (trace === undefined) return null;
  const rows = rowsOfTrace(trace.lines);
  const reason = whyNoTrace(trace);
  const title = <Term definition={terms('messageTrace')}>{t('trace')}</Term>;
  return (
    <Section title={title} aside={rows.length > 0 ? t('traceCount', { count: rows.length }) : undefined}>
      {reason && reason !== 'waiting' && <p className={styles.note}>{t(WHY_NOT[reason])}</p>}
      {rows.length > 0 && (
        <ul className={styles.copies}>
          {rows.map((row) => (
            <TraceRowView key={row.id} row={row} />
          ))}
        </ul>
      )}
      {reason !== 'off' && <Notes trace={trace} />}
      {reason !== 'off' && <Compared details={details} trace={trace} />}
    </Section>
  );
}

const KINDS = { pub: 'Pub', sub: 'Sub', end: 'EndTransaction' } as const;

function TraceRowView({ row }: { readonly row: TraceRow }) {
  const t = useT();
  const { kind, client, timeUs, offsetMsgId } = row;
  return (
    <li>
      <span>
        <b>{KINDS[kind]}</b> {client}
      </span>
      <span className={styles.end}>{formatTimeUs(timeUs, 3)}</span>
      <span className={styles.place}>{saidOf(row, t)}</span>
      {offsetMsgId !== undefined && <code className={styles.code}>{offsetMsgId}</code>}
    </li>
  );
}

function saidOf({ kind, ended, retryTimes, fromCheck }: TraceRow, t: T): string {
  const words = retryTimes === undefined ? [] : [`retryTimes ${retryTimes}`];
  if (kind === 'end') return [ended?.code, fromCheck ? t('traceFromCheck') : ''].filter(Boolean).join(' · ');
  if (ended === undefined) return [...words, t('traceNoEnd')].join(' · ');
  const success = kind === 'sub' ? ended.code : t(ended.success ? 'traceSuccess' : 'traceNoSuccess');
  return [...words, `${Math.round(ended.costUs / 1_000)} ms`, success].join(' · ');
}

function Notes({ trace: { clients } }: { readonly trace: MessageTraceView }) {
  const t = useT();
  const untraced = clients.filter(({ traced }) => !traced).map(({ id }) => id);
  const waiting = clients.filter(({ waiting: entries }) => entries > 0);
  return (
    <>
      {waiting.map(({ id, waiting: count }) => (
        <p key={id} className={styles.note}>
          {t('traceWaiting', { id, count })}
        </p>
      ))}
      {untraced.length > 0 && (
        <p className={styles.note}>{t('traceUntraced', { ids: untraced.join(', ') })}</p>
      )}
    </>
  );
}

/** What the trace counts beside what happened; where it has less although all was sent, why that can be. */
function Compared({
  details,
  trace,
}: {
  readonly details: MessageDetails;
  readonly trace: MessageTraceView;
}) {
  const t = useT();
  const compared = compareTrace(trace, details);
  const unsent = trace.clients.some(({ waiting }) => waiting > 0);
  const lacks = trace.lines.length > 0 && compared.some(({ traced, happened }) => traced < happened);
  return (
    <>
      <PropertyTable
        rows={compared.map(({ group, traced, happened }) => ({
          name: group === null ? t('traceSends') : t('traceCalls', { group }),
          value: t('traceOf', { traced, happened }),
          strong: traced !== happened,
        }))}
      />
      {lacks && !unsent && <p className={styles.note}>{t('traceMissing')}</p>}
    </>
  );
}
