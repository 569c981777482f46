import { useState } from 'react';
import type { ProducerSpec } from '../../engine/scenario/types';
import type { ClientView } from '../../engine/view';
import { formatBytes, formatShort } from '../../ui/format/number';
import { Button } from '../../ui/kit/Button';
import { Segmented } from '../../ui/kit/Segmented';
import { Term } from '../../ui/kit/Term';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { MessageWork } from './MessageWork';
import { BACKLOG_MESSAGES, burst, setWorkload } from './model/requests';
import { NumberSetting } from './NumberSetting';
import { SettingSlider } from './SettingSlider';
import { useT, useTerms } from './texts';

interface ProducerWorkProps {
  readonly view: ClientView;
  readonly spec: ProducerSpec;
}

function useSet(id: string): (workload: Readonly<Record<string, unknown>>) => void {
  const { act } = useCalls();
  return (workload) => act(setWorkload(id, workload));
}

/** How much one producer sends. */
export function ProducerWork({ view, spec }: ProducerWorkProps) {
  const t = useT();
  const set = useSet(spec.id);
  const { load } = spec;
  if (load.kind === 'threads') {
    return (
      <div className={styles.row}>
        <span className={styles.rowName}>
          <Term definition={t('threadsEach')}>{t('threads')}</Term>
        </span>
        <NumberSetting
          label={t('threads')}
          value={load.threads}
          onSet={(threads) => set({ threads })}
          min={1}
          max={1_000}
        />
      </div>
    );
  }
  return (
    <SettingSlider
      label={t('rate')}
      name={load.kind === 'profile' ? t('byProfile') : t('rate')}
      value={load.kind === 'rate' ? load.ratePerSecond : view.ratePerSecond}
      onSet={(ratePerSecond) => set({ ratePerSecond: Math.round(ratePerSecond) })}
      scale="log"
      min={1}
      max={10_000}
      format={(rate) => t('perSecond', { rate: formatShort(rate) })}
    />
  );
}

/** A producer of transactions is another class, and stays one. */
const MODES = ['sync', 'async', 'oneway'] as const;

/** What its messages are like, and how they are sent. */
export function MoreOfProducer({ data, view, spec }: ProducerWorkProps & { readonly data: ControlsData }) {
  const t = useT();
  const set = useSet(spec.id);
  return (
    <section className={styles.more} aria-label={spec.id}>
      <h4 className={styles.groupName}>{spec.id}</h4>
      <SettingSlider
        label={t('body')}
        value={spec.bodyBytes}
        onSet={(bytes) => set({ bodyBytes: Math.round(bytes) })}
        scale="log"
        min={1}
        max={1_000_000}
        format={(bytes) => formatBytes(Math.round(bytes))}
      />
      <Keys spec={spec} />
      <div className={styles.row}>
        <span className={styles.rowName}>{t('queueSelector')}</span>
        <Segmented<ProducerSpec['queueSelector']>
          label={t('queueSelector')}
          options={[
            { value: 'roundRobin', label: 'roundRobin' },
            { value: 'hashKey', label: 'hashKey' },
          ]}
          value={spec.queueSelector}
          onChange={(queueSelector) => set({ queueSelector })}
          size="dense"
          mono
          fill
        />
      </div>
      <div className={styles.row}>
        <span className={styles.rowName}>
          <Term definition={t('sendMeans')}>{t('send')}</Term>
        </span>
        {spec.mode === 'transaction' ? (
          <code className={styles.rowWide}>{spec.mode}</code>
        ) : (
          <Segmented<ProducerSpec['mode']>
            label={t('send')}
            options={MODES.map((mode) => ({ value: mode, label: mode }))}
            value={spec.mode}
            onChange={(mode) => set({ mode })}
            size="dense"
            mono
            fill
          />
        )}
      </div>
      <MessageWork data={data} spec={spec} set={set} />
      <Burst view={view} />
    </section>
  );
}

/** What a producer begins with whose messages come to share keys. */
const KEYS_FIRST = { distinct: 10, skew: 0 };

function Keys({ spec }: { readonly spec: ProducerSpec }) {
  const t = useT();
  const terms = useTerms();
  const set = useSet(spec.id);
  const { keys } = spec;
  return (
    <>
      <div className={styles.row}>
        <span className={styles.rowName}>{t('keys')}</span>
        <Segmented
          label={t('keys')}
          options={[
            // The format has no way back to a key for each message.
            { value: 'own', label: t('keysOwn'), disabled: keys !== null },
            { value: 'shared', label: t('keysShared') },
          ]}
          value={keys === null ? 'own' : 'shared'}
          onChange={() => set({ keys: KEYS_FIRST })}
          size="dense"
          fill
        />
      </div>
      {keys !== null && (
        <>
          <div className={styles.row}>
            <span className={styles.rowName}>{t('distinctKeys')}</span>
            <NumberSetting
              label={t('distinctKeys')}
              value={keys.distinct}
              onSet={(distinct) => set({ keys: { ...keys, distinct } })}
              min={1}
              max={1_000_000}
            />
          </div>
          <SettingSlider
            label={t('keySkew')}
            name={<Term definition={terms('skew')}>{t('keySkew')}</Term>}
            value={keys.skew}
            onSet={(skew) => set({ keys: { ...keys, skew } })}
            min={0}
            max={4}
            format={(skew) => formatShort(skew)}
          />
        </>
      )}
    </>
  );
}

function Burst({ view }: { readonly view: ClientView }) {
  const t = useT();
  const terms = useTerms();
  const { act } = useCalls();
  const [count, setCount] = useState(BACKLOG_MESSAGES);
  return (
    <div className={styles.row}>
      <span className={styles.rowName}>
        <Term definition={terms('burst')}>{t('burstOf')}</Term>
      </span>
      <NumberSetting
        label={t('burstOf')}
        value={count}
        onSet={setCount}
        min={1}
        max={100_000}
        unit={t('unitMessages')}
      />
      <Button size="dense" onClick={() => act(burst(view.id, count))}>
        {t('burstNow')}
      </Button>
    </div>
  );
}
