import { useState } from 'react';
import type { CopyView, MessageDetails } from '../../engine/details';
import type { KeptView } from '../../engine/view';
import { formatBytes, formatTimeUs } from '../../ui/format/number';
import { MessageGlyph } from '../../ui/glyph/MessageGlyph';
import { Button } from '../../ui/kit/Button';
import { EmptyState } from '../../ui/kit/Notice';
import { type Property, PropertyTable, Section } from '../../ui/kit/Section';
import { Term } from '../../ui/kit/Term';
import { TextField } from '../../ui/kit/TextField';
import { useCalls } from './calls';
import type { InspectorData } from './data';
import { NothingSelected } from './Empty';
import styles from './inspector.module.css';
import { MessageTrace } from './MessageTrace';
import { glyphOf, stepsOfEntries } from './model/steps';
import { StepList } from './StepList';
import { type T, useT, useTerms, useTexts } from './texts';
import { useAnswer } from './use-answer';
import { Waiting } from './Waiting';
import { leadersIn } from './WhyTab';

const FOUND_MAX = 8;
const LIFE_MAX = 40;

/** One message: where it lives, what became of it, and the way it went. */
export function MessageTab({ data }: { readonly data: InspectorData }) {
  return (
    <>
      <Find step={data.step} />
      {data.message === null ? <NothingSelected /> : <Details message={data.message} data={data} />}
    </>
  );
}

function Find({ step }: { readonly step: number }) {
  const { t, pick } = useTexts();
  const { pickMessage } = useCalls();
  const [text, setText] = useState('');
  const wanted = text.trim();
  const answer = useAnswer<'find'>(
    wanted === '' ? null : { kind: 'find', text: wanted, max: FOUND_MAX },
    step,
  );
  const found = answer?.kind === 'find' ? answer.messages : undefined;
  const asked = answer?.kind === 'find' ? answer.query : undefined;
  return (
    <div className={styles.find}>
      <TextField
        label={t('findMessage')}
        placeholder={t('findMessage')}
        icon="search"
        value={text}
        onChange={setText}
      />
      {found && (
        <p role="status" className={styles.note}>
          {found.length === 0 ? t('noneFound') : t('found', { count: found.length })}
        </p>
      )}
      {asked && <p className={styles.note}>{pick(asked)}</p>}
      {found && found.length > 0 && (
        <ul className={styles.found}>
          {found.map(({ message, name, key }) => (
            <li key={message}>
              <button
                type="button"
                onClick={() => {
                  pickMessage(message);
                  setText('');
                }}
              >
                <span>{name}</span>
                <code>{key}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Details({ message, data }: { readonly message: number; readonly data: InspectorData }) {
  const t = useT();
  const { follow, showWhy } = useCalls();
  const answer = useAnswer<'message'>({ kind: 'message', message }, data.step);
  if (answer?.kind !== 'message') return <Waiting answer={answer} />;
  const { details } = answer;
  if (details === undefined) return <EmptyState>{t('noSuchMessage')}</EmptyState>;
  const followed = data.followed === message;
  return (
    <>
      <header className={styles.subject}>
        <MessageGlyph state={glyphOf(details, leadersIn(data.view))} size="detail" />
        <div>
          <h2>{details.name}</h2>
          <p>{[standsOf(details, t), details.key].filter(Boolean).join(' · ')}</p>
        </div>
        <div className={styles.subjectButtons}>
          <Button
            size="dense"
            pressed={followed}
            aria-label={t('followOf', { name: details.name })}
            onClick={() => follow(followed ? null : message)}
          >
            {t(followed ? 'unfollow' : 'follow')}
          </Button>
          <Button size="dense" onClick={() => showWhy(null)}>
            {t('askWhy')}
          </Button>
        </div>
      </header>
      <Copies details={details} />
      <Deliveries details={details} />
      <MessageTrace details={details} />
      <Section title={t('facts')}>
        <PropertyTable rows={factsOf(details, t)} />
      </Section>
      <Life message={message} step={data.step} />
    </>
  );
}

const STANDS = {
  'in flight': 'standsInFlight',
  safe: 'standsSafe',
  volatile: 'standsVolatile',
  unavailable: 'standsUnavailable',
  stranded: 'standsStranded',
  lost: 'standsLost',
  expired: 'standsExpired',
  'not stored': 'standsNotStored',
} as const;

const standsOf = ({ verdict }: MessageDetails, t: T): string => t(STANDS[verdict]);

function factsOf(details: MessageDetails, t: T): readonly Property[] {
  const { result, topic, key, tag, properties, uniqueKey, bytes, body, bornUs, producer, attempts } = details;
  const code = (text: string) => <code className={styles.code}>{text}</code>;
  const rows: Property[] = [
    { name: t('result'), value: result === 'in flight' ? t('inFlight') : code(result), strong: true },
    { name: t('attempts'), value: attempts },
    { name: t('producer'), value: producer },
    { name: t('born'), value: formatTimeUs(bornUs, 4) },
    { name: t('topic'), value: topic },
    { name: t('key'), value: code(key) },
  ];
  if (tag !== '') rows.push({ name: t('tag'), value: code(tag) });
  for (const [name, value] of Object.entries(properties)) rows.push({ name: code(name), value: code(value) });
  rows.push({ name: t('size'), value: formatBytes(bytes) });
  if (body !== '') rows.push({ name: t('body'), value: body });
  rows.push({ name: t('uniqueKey'), value: code(uniqueKey) });
  return rows;
}

const PLACES = { 'transient pool': 'inPool', 'page cache': 'inCache', disk: 'onDisk' } as const;

function Copies({ details }: { readonly details: MessageDetails }) {
  const t = useT();
  const terms = useTerms();
  const { copies } = details;
  return (
    <Section
      title={<Term definition={terms('durability')}>{t('copies')}</Term>}
      aside={copies.length > 0 ? t('copiesCount', { count: copies.length }) : undefined}
    >
      {copies.length === 0 && <p className={styles.note}>{t('noCopy')}</p>}
      <ul className={styles.copies}>
        {copies.map((copy) => (
          <CopyRow key={`${copy.process} ${copy.queue} ${copy.offset}`} copy={copy} />
        ))}
      </ul>
    </Section>
  );
}

const KEPT = {
  retry: 'keptRetry',
  deadLetter: 'keptDeadLetter',
  delayed: 'keptDelayed',
  timed: 'keptTimed',
  half: 'keptHalf',
  discarded: 'keptDiscarded',
} as const;

/** What a record is, beside being the message. A retry that waits for its level is both. */
function keptText({ as, attempt, level }: KeptView, t: T): string {
  const times = attempt > 0 && (as === 'delayed' || as === 'timed') ? [t('keptRetry', { attempt })] : [];
  return [...times, t(KEPT[as], { attempt, level })].join(' · ');
}

function CopyRow({ copy }: { readonly copy: CopyView }) {
  const t = useT();
  return (
    <li>
      <b>{copy.process}</b>
      {copy.kept && <span>{keptText(copy.kept, t)}</span>}
      <span className={styles.end}>{t(copy.reachable ? 'readable' : 'unreadable')}</span>
      <span className={styles.place} data-where={copy.where}>
        {t(PLACES[copy.where])}
      </span>
      <code className={styles.code}>{t('atOffset', { queue: copy.queue, offset: copy.offset })}</code>
      <code className={styles.code}>{copy.offsetMsgId}</code>
      <code className={styles.code}>SYSFLAG {copy.sysFlag}</code>
    </li>
  );
}

function Deliveries({ details }: { readonly details: MessageDetails }) {
  const t = useT();
  const { deliveries } = details;
  return (
    <Section title={t('deliveries')}>
      {deliveries.length === 0 ? (
        <p className={styles.note}>{t('noGroup')}</p>
      ) : (
        <PropertyTable
          rows={deliveries.map(({ group, count, wanted, done }) => ({
            name: group,
            value: wanted
              ? `${t('delivered', { count })} · ${t(done ? 'finished' : 'unfinished')}`
              : t('notSubscribed'),
            strong: count > 1,
          }))}
        />
      )}
    </Section>
  );
}

function Life({ message, step }: { readonly message: number; readonly step: number }) {
  const t = useT();
  const answer = useAnswer<'entries'>({ kind: 'entries', filter: { message }, max: LIFE_MAX }, step);
  const entries = answer?.kind === 'entries' ? answer.entries : [];
  const whole = answer?.kind === 'entries' && answer.reachedStart;
  return (
    <Section
      title={t('life')}
      aside={whole || entries.length === 0 ? undefined : t('lifeLatest', { count: entries.length })}
    >
      <div className={styles.inset}>
        <StepList steps={stepsOfEntries(entries)} about={message} label={t('life')} />
      </div>
    </Section>
  );
}
