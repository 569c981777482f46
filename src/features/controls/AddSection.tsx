import { useState } from 'react';
import { TOPIC_QUEUES_DEFAULT } from '../../state/engine-data';
import { Button } from '../../ui/kit/Button';
import { Select } from '../../ui/kit/Select';
import { ConsumerForm } from './ConsumerForm';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { Fold } from './Fold';
import { addLike, addPair, idsOf } from './model/additions';
import { TopicForm } from './TopicForm';
import { useT } from './texts';

const plain = (...values: readonly string[]) => values.map((value) => ({ value, label: value }));
const MODES = plain('sync', 'async', 'oneway', 'transaction');

/** New processes, set as those that are there, and topics. */
export function AddSection({ data }: { readonly data: ControlsData }) {
  const t = useT();
  return (
    <>
      <Fold title={t('add')}>
        <AddButtons data={data} />
      </Fold>
      <Fold title={t('newConsumer')}>
        <ConsumerForm data={data} />
      </Fold>
      <Fold title={t('topic')}>
        <TopicForm key={data.settings.topics.size} settings={data.settings} queues={TOPIC_QUEUES_DEFAULT} />
      </Fold>
    </>
  );
}

function AddButtons({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const { scenario, actions, settings, process } = data;
  const first = scenario.producers[0]?.mode ?? 'sync';
  const [mode, setMode] = useState<string>(first);
  const topics = [...settings.topics.keys()];
  const [wanted, setTopic] = useState<string | null>(null);
  const selected = settings.processes.get(process ?? '');
  const like = selected?.role === 'producer' ? selected.spec.topic : scenario.producers[0]?.topic;
  const topic = wanted ?? like ?? topics[0];
  const taken = idsOf(scenario, actions);
  const additions = [
    ['addProducer', 'producer', addLike('producer', settings, taken, process, { mode, topic })],
    ['addConsumer', 'consumer', addLike('consumer', settings, taken, process)],
    ['addNameserver', 'registry', addLike('nameserver', settings, taken, process)],
  ] as const;
  return (
    <>
      <div className={styles.adds}>
        {additions.map(([text, icon, request]) => (
          <Button
            key={text}
            icon={icon}
            aria-label={t('addOf', { what: t(text) })}
            disabled={request === undefined}
            onClick={() => request && act(request)}
          >
            {t(text)}
          </Button>
        ))}
        <Button
          icon="master"
          aria-label={t('addOf', { what: t('addPair') })}
          onClick={() => act(...addPair(settings))}
        >
          {t('addPair')}
        </Button>
      </div>
      <div className={styles.row}>
        <span className={styles.rowName}>{t('send')}</span>
        <Select
          label={t('newProducerSends')}
          options={MODES}
          value={mode}
          onChange={setMode}
          size="dense"
          mono
          className={styles.fill}
        />
      </div>
      {topics.length > 1 && topic !== undefined && (
        <div className={styles.row}>
          <span className={styles.rowName}>{t('topic')}</span>
          <Select
            label={t('newProducerTopic')}
            options={plain(...topics)}
            value={topic}
            onChange={setTopic}
            size="dense"
            className={styles.fill}
          />
        </div>
      )}
      <p className={styles.note}>{t('pairHoldsNothing')}</p>
      {scenario.controllers.length > 0 && <p className={styles.note}>{t('controllersAreFixed')}</p>}
    </>
  );
}
