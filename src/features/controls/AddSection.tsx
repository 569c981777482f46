import { useState } from 'react';
import { TOPIC_QUEUES_DEFAULT } from '../../state/engine-data';
import { Button } from '../../ui/kit/Button';
import { Segmented } from '../../ui/kit/Segmented';
import { ConsumerForm } from './ConsumerForm';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { Fold } from './Fold';
import { addLike, addPair, idsOf } from './model/additions';
import { TopicForm } from './TopicForm';
import { useT } from './texts';

const MODES = ['sync', 'async', 'oneway', 'transaction'].map((mode) => ({ value: mode, label: mode }));

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
  const taken = idsOf(scenario, actions);
  const additions = [
    ['addProducer', 'producer', addLike('producer', settings, taken, process, mode)],
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
        <Segmented
          label={t('newProducerSends')}
          options={MODES}
          value={mode}
          onChange={setMode}
          size="dense"
          mono
          fill
        />
      </div>
      <p className={styles.note}>{t('pairHoldsNothing')}</p>
    </>
  );
}
