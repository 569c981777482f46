import { useState } from 'react';
import { TOPIC_LENGTH_MAX } from '../../state/engine-data';
import { Button } from '../../ui/kit/Button';
import { Select } from '../../ui/kit/Select';
import { Switch } from '../../ui/kit/Switch';
import { Term } from '../../ui/kit/Term';
import { TextField } from '../../ui/kit/TextField';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { Settings } from './model/settings';
import { NumberSetting } from './NumberSetting';
import { useT } from './texts';

const NEW = ' new';
const TOPIC_NAME = /^[A-Za-z0-9%_|-]{1,127}$/;

interface Edited {
  readonly queues?: number;
  readonly brokers?: readonly string[];
  readonly order?: boolean;
}

interface TopicFormProps {
  readonly settings: Settings;
  /** Queues that a topic is made with when no number is given. */
  readonly queues: number;
}

/** Creates a topic on brokers, or changes where one is and how many queues it has. */
export function TopicForm({ settings, queues: byDefault }: TopicFormProps) {
  const t = useT();
  const { act } = useCalls();
  const topics = [...settings.topics.values()];
  const names = [...settings.processes.values()].flatMap((each) =>
    each.role === 'broker' ? [each.spec.brokerName] : [],
  );
  const brokerNames = [...new Set(names)];
  const [chosen, setChosen] = useState(topics[0]?.name ?? NEW);
  const [name, setName] = useState('');
  const [edited, setEdited] = useState<Edited>({});
  const topic = settings.topics.get(chosen);
  const queues = edited.queues ?? topic?.queues ?? byDefault;
  const brokers = edited.brokers ?? topic?.brokers ?? brokerNames;
  const order = edited.order ?? topic?.order ?? false;
  const badName = topic === undefined && (!TOPIC_NAME.test(name) || settings.topics.has(name));
  const unchanged = topic !== undefined && Object.keys(edited).length === 0;

  const choose = (next: string) => {
    setChosen(next);
    setEdited({});
  };
  const submit = () => {
    act(
      topic === undefined
        ? { do: 'createTopic', topic: { name, queues, brokers, ...(order && { order }) } }
        : {
            ...{ do: 'alterTopic', topic: topic.name, queues, brokers },
            ...(edited.order !== undefined && { order }),
          },
    );
    setEdited({});
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <span>{t('topic')}</span>
      <Select
        label={t('topic')}
        options={[
          ...topics.map((each) => ({ value: each.name, label: each.name })),
          { value: NEW, label: t('newTopic') },
        ]}
        value={topic === undefined ? NEW : chosen}
        onChange={choose}
        size="dense"
        className={styles.fill}
      />
      {topic === undefined && (
        <>
          <span>{t('topicName')}</span>
          <TextField
            label={t('topicName')}
            value={name}
            onChange={setName}
            lengthMax={TOPIC_LENGTH_MAX}
            mono
          />
        </>
      )}
      <span>{t('queuesEach')}</span>
      <NumberSetting
        label={t('queuesEach')}
        value={queues}
        onSet={(next) => setEdited({ ...edited, queues: next })}
        min={1}
        max={1_024}
        unit={t('unitQueues')}
      />
      <fieldset className={styles.choices}>
        <legend>{t('onBrokers')}</legend>
        {brokerNames.map((broker) => {
          const on = brokers.includes(broker);
          // A topic stays where it is: a broker is only added to it.
          const fixed = topic?.brokers.includes(broker) ?? false;
          const next = on ? brokers.filter((each) => each !== broker) : [...brokers, broker];
          return (
            <Button
              key={broker}
              size="dense"
              pressed={on}
              disabled={fixed}
              onClick={() => setEdited({ ...edited, brokers: next })}
            >
              {broker}
            </Button>
          );
        })}
      </fieldset>
      <span />
      <Switch
        label={<Term definition={t('orderTopicMeans')}>{t('orderTopic')}</Term>}
        checked={order}
        onChange={(next) => setEdited({ ...edited, order: next })}
      />
      {brokers.length === 0 && (
        <p role="alert" className={styles.problem}>
          {t('noBrokerChosen')}
        </p>
      )}
      {badName && name !== '' && (
        <p role="alert" className={styles.problem}>
          {t('badTopicName')}
        </p>
      )}
      <Button type="submit" className={styles.wide} disabled={badName || unchanged || brokers.length === 0}>
        {t(topic === undefined ? 'createTopic' : 'changeTopic')}
      </Button>
    </form>
  );
}
