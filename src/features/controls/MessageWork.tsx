import type { CheckAnswer, ProducerSpec, TransactionOutcome } from '../../engine/scenario/types';
import { BATCH_MAX } from '../../state/engine-data';
import { Select } from '../../ui/kit/Select';
import { Term } from '../../ui/kit/Term';
import { useCalls } from './calls';
import styles from './controls.module.css';
import { DelayLevel } from './DelayLevel';
import type { ControlsData } from './data';
import { idsOf, nextId } from './model/additions';
import { propertiesOf, propertiesText, wordsOf } from './model/texts-of';
import { NumberSetting } from './NumberSetting';
import { TextSetting } from './TextSetting';
import { useT } from './texts';

interface MessageWorkProps {
  readonly data: ControlsData;
  readonly spec: ProducerSpec;
  readonly set: (workload: Readonly<Record<string, unknown>>) => void;
}

const TIMER_MAX_MS = 259_200_000;

/** What each message carries: when it is to be delivered, what it can be filtered by, and how many go at once. */
export function MessageWork({ data, spec, set }: MessageWorkProps) {
  const t = useT();
  return (
    <>
      <div className={styles.row}>
        <span className={styles.rowName}>
          <Term definition={t('delayMeans')}>{t('delay')}</Term>
        </span>
        <DelayLevel
          data={data}
          label={t('delay')}
          value={spec.delayLevel}
          onSet={(delayLevel) => set({ delayLevel: delayLevel ?? 0 })}
        />
      </div>
      {data.scenario.productVersion !== '4.9' && (
        <div className={styles.row}>
          <span className={styles.rowName}>
            <Term definition={t('timerMeans')}>{t('timer')}</Term>
          </span>
          <NumberSetting
            label={t('timer')}
            value={(spec.timerDelayUs ?? 0) / 1_000}
            onSet={(timerDelayMs) => set({ timerDelayMs })}
            min={0}
            max={TIMER_MAX_MS}
            unit="ms"
          />
        </div>
      )}
      <TextSetting
        label={t('tags')}
        name={<Term definition={t('tagsMean')}>{t('tags')}</Term>}
        value={spec.tags.join(', ')}
        placeholder={t('noTags')}
        onSet={(text) => {
          const tags = wordsOf(text);
          if (tags.some((tag) => tag.includes('|'))) return t('badTag');
          set({ tags });
          return undefined;
        }}
      />
      <TextSetting
        label={t('properties')}
        name={<Term definition={t('propertiesMean')}>{t('properties')}</Term>}
        value={propertiesText(spec.properties)}
        placeholder="region=eu|us; vip=true"
        onSet={(text) => {
          const properties = propertiesOf(text);
          if (properties === undefined) return t('badProperties');
          set({ properties });
          return undefined;
        }}
      />
      {spec.mode !== 'transaction' && (
        <div className={styles.row}>
          <span className={styles.rowName}>
            <Term definition={t('batchMeans')}>{t('batch')}</Term>
          </span>
          <NumberSetting
            label={t('batch')}
            value={spec.batch}
            onSet={(batch) => set({ batch })}
            min={1}
            max={BATCH_MAX}
            unit={t('unitMessages')}
          />
        </div>
      )}
      {spec.mode === 'transaction' && <LocalTransaction data={data} spec={spec} set={set} />}
    </>
  );
}

const NO_DATABASE = '-';
const NEW_DATABASE = '+';
const OUTCOMES: readonly TransactionOutcome[] = ['commit', 'rollback', 'unknown', 'exception'];
const ANSWERS: readonly CheckAnswer[] = ['truth', ...OUTCOMES];

/** What the application does between the two phases, and what it answers when it is asked. */
function LocalTransaction({ data, spec, set }: MessageWorkProps) {
  const t = useT();
  const { act } = useCalls();
  const { database, takesUs, outcomes, answers, checkImmunityUs } = spec.localTransaction;
  const change = (part: object) =>
    set({
      localTransaction: {
        ...(database !== null && { database }),
        ...{ takesMs: takesUs / 1_000, outcomes, answers },
        ...(checkImmunityUs !== null && { checkImmunitySeconds: checkImmunityUs / 1_000_000 }),
        ...part,
      },
    });
  const settle = (choice: string) => {
    if (choice !== NEW_DATABASE) return change({ database: choice === NO_DATABASE ? undefined : choice });
    const id = nextId('orders-db', idsOf(data.scenario, data.actions));
    act({ do: 'add', database: { id } });
    return change({ database: id });
  };
  const take = (key: string, all: readonly string[]) => (text: string) => {
    const words = wordsOf(text);
    if (words.length === 0 || words.some((word) => !all.includes(word)))
      return t('notOneOf', { all: all.join(', ') });
    change({ [key]: words });
    return undefined;
  };
  return (
    <>
      <div className={styles.row}>
        <span className={styles.rowName}>
          <Term definition={t('localMeans')}>{t('localTakes')}</Term>
        </span>
        <NumberSetting
          label={t('localTakes')}
          value={takesUs / 1_000}
          onSet={(takesMs) => change({ takesMs })}
          min={0}
          max={3_600_000}
          unit="ms"
        />
      </div>
      <div className={styles.row}>
        <span className={styles.rowName}>
          <Term definition={t('localDatabaseMeans')}>{t('database')}</Term>
        </span>
        <Select
          label={t('localDatabase')}
          options={[
            { value: NO_DATABASE, label: t('noDatabase') },
            ...[...data.settings.databases.keys()].map((value) => ({ value, label: value })),
            { value: NEW_DATABASE, label: t('newDatabase') },
          ]}
          value={database ?? NO_DATABASE}
          onChange={settle}
          size="dense"
          mono
          className={styles.fill}
        />
      </div>
      <TextSetting
        label={t('outcomes')}
        name={<Term definition={t('outcomesMean')}>{t('outcomes')}</Term>}
        value={outcomes.join(', ')}
        onSet={take('outcomes', OUTCOMES)}
      />
      <TextSetting
        label={t('answers')}
        name={<Term definition={t('answersMean')}>{t('answers')}</Term>}
        value={answers.join(', ')}
        onSet={take('answers', ANSWERS)}
      />
    </>
  );
}
