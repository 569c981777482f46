import type { MessageDetails } from '../../engine/details';
import type { Why } from '../../engine/report/why';
import type { ClusterView } from '../../engine/view';
import { common } from '../../i18n/areas/common';
import { errors } from '../../i18n/areas/errors';
import { useText } from '../../i18n/use-text';
import { MessageGlyph } from '../../ui/glyph/MessageGlyph';
import type { MessageState } from '../../ui/glyph/message-state';
import { Button } from '../../ui/kit/Button';
import { EmptyState } from '../../ui/kit/Notice';
import { VerdictChip } from '../../ui/kit/VerdictChip';
import { useCalls } from './calls';
import type { InspectorData } from './data';
import { NothingSelected } from './Empty';
import styles from './inspector.module.css';
import { glyphOf, stepsOfEntries, stepsOfWhy } from './model/steps';
import { StepList } from './StepList';
import { useT } from './texts';
import { useAnswer } from './use-answer';
import { Waiting } from './Waiting';

/** Why a message stands where it stands, or what led to an entry of the log. */
export function WhyTab({ data }: { readonly data: InspectorData }) {
  if (data.entry !== null) return <Causes entry={data.entry} step={data.step} />;
  if (data.message !== null) return <WhyMessage message={data.message} data={data} />;
  return data.verdict.acknowledgedLost === 0 ? <NothingLost data={data} /> : <NothingSelected />;
}

function NothingLost({ data }: { readonly data: InspectorData }) {
  const { t } = useText(errors);
  const { t: word } = useText(common);
  const { chooseScenario } = useCalls();
  const { acknowledgedLost, duplicates, orderViolations } = data.verdict;
  return (
    <EmptyState action={<Button onClick={chooseScenario}>{t('chooseScenario')}</Button>}>
      <span className={styles.verdicts}>
        <VerdictChip icon="lost" label={word('acknowledgedLost')} count={acknowledgedLost} tone="lost" />
        <VerdictChip icon="duplicate" label={word('duplicates')} count={duplicates} tone="anom" />
        <VerdictChip icon="order" label={word('orderViolations')} count={orderViolations} tone="anom" />
      </span>
      {t('nothingLost')}
    </EmptyState>
  );
}

function Causes({ entry, step }: { readonly entry: number; readonly step: number }) {
  const t = useT();
  const { showWhy, pickMessage } = useCalls();
  const answer = useAnswer<'causes'>({ kind: 'causes', entry }, step);
  if (answer?.kind !== 'causes') return <Waiting answer={answer} />;
  const message = answer.entries.at(-1)?.message ?? -1;
  return (
    <>
      <header className={styles.subject}>
        <div>
          <h2>{t('whyEntry')}</h2>
        </div>
        {message >= 0 && (
          <Button
            size="dense"
            onClick={() => {
              pickMessage(message);
              showWhy(null);
            }}
          >
            {t('wholeStory')}
          </Button>
        )}
      </header>
      <StepList steps={stepsOfEntries(answer.entries)} label={t('steps')} />
    </>
  );
}

const TITLES = {
  lost: 'whyLost',
  safe: 'whySafe',
  volatile: 'whyVolatile',
  unavailable: 'whyUnavailable',
  stranded: 'whyStranded',
  'in flight': 'whyInFlight',
  expired: 'whyExpired',
  'not stored': 'whyNotStored',
} as const;

const FINDINGS = {
  duplicate: 'whyDuplicate',
  order: 'whyOrder',
  passedOver: 'whyPassedOver',
  committedUnseen: 'whyUnseen',
  rolledBackSeen: 'whyPhantom',
  half: 'whyHalf',
  rolledBack: 'whyWithdrawn',
  waiting: 'whyWaiting',
  deadLetter: 'whyDeadLetter',
} as const;

/** What is remarkable about a message is asked before why it is safe. */
const titleOf = ({ verdict, finding }: Why) =>
  finding !== undefined && verdict !== 'lost' ? FINDINGS[finding] : TITLES[verdict];

const OUTCOMES = {
  safe: 'outcomeSafe',
  volatile: 'outcomeVolatile',
  unavailable: 'outcomeUnavailable',
  stranded: 'outcomeStranded',
  'in flight': 'outcomeInFlight',
  expired: 'outcomeExpired',
  'not stored': 'outcomeNotStored',
} as const;

function WhyMessage({ message, data }: { readonly message: number; readonly data: InspectorData }) {
  const t = useT();
  const why = useAnswer<'why'>({ kind: 'why', message }, data.step);
  const details = useAnswer<'message'>({ kind: 'message', message }, data.step);
  if (why?.kind !== 'why') return <Waiting answer={why} />;
  if (why.why === undefined) return <EmptyState>{t('noSuchMessage')}</EmptyState>;
  const { name, verdict, complete } = why.why;
  const known = details?.kind === 'message' ? details.details : undefined;
  const glyph: MessageState =
    verdict === 'lost' || known === undefined
      ? { lost: verdict === 'lost' }
      : glyphOf(known, leadersIn(data.view));
  return (
    <>
      <header className={styles.subject}>
        <MessageGlyph state={glyph} size="detail" />
        <div>
          <h2>{t(titleOf(why.why))}</h2>
          <p>{[name, known?.key, placeOf(known, t)].filter(Boolean).join(' · ')}</p>
        </div>
      </header>
      {!complete && <p className={styles.note}>{t('startsInTheMiddle')}</p>}
      <StepList steps={stepsOfWhy(why.why)} about={message} label={t('steps')} />
      {verdict !== 'lost' && <Outcome glyph={glyph} text={t(OUTCOMES[verdict])} />}
    </>
  );
}

/** Where the story stands now, when no loss has ended it. */
function Outcome({ glyph, text }: { readonly glyph: MessageState; readonly text: string }) {
  return (
    <div className={styles.outcome}>
      <MessageGlyph state={glyph} size={20} />
      <p>{text}</p>
    </div>
  );
}

function placeOf(details: MessageDetails | undefined, t: ReturnType<typeof useT>): string {
  const copy = details?.copies.find(({ kept }) => kept === undefined) ?? details?.copies[0];
  return copy === undefined ? '' : t('atOffset', { queue: copy.queue, offset: copy.offset });
}

export function leadersIn(view: ClusterView): ReadonlySet<string> {
  return new Set(
    view.groups.flatMap(({ replicas }) =>
      replicas.filter(({ role }) => role === 'leader').map(({ id }) => id),
    ),
  );
}
