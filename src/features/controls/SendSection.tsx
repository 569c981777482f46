import { useState } from 'react';
import { BODY_LENGTH_MAX, TEXT_LENGTH_MAX } from '../../state/engine-data';
import { Button } from '../../ui/kit/Button';
import { Select } from '../../ui/kit/Select';
import { TextField } from '../../ui/kit/TextField';
import { useCalls } from './calls';
import styles from './controls.module.css';
import { DelayLevel } from './DelayLevel';
import type { ControlsData } from './data';
import { Fold } from './Fold';
import { sendOne } from './model/requests';
import { propertiesOf } from './model/texts-of';
import { useT } from './texts';
import { useFollowSent } from './use-follow-sent';

const AS_WORKLOAD = 'workload';
const OUTCOMES = ['commit', 'rollback', 'unknown', 'exception'] as const;

/** One message by hand, followed from its first step on. */
export function SendSection({ data }: { readonly data: ControlsData }) {
  const t = useT();
  return (
    <Fold title={t('sendOne')}>
      <SendForm data={data} />
    </Fold>
  );
}

function SendForm({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const { clients } = data.view;
  const [chosen, setChosen] = useState<string | null>(null);
  const [number, setNumber] = useState(1);
  const [key, setKey] = useState<string | null>(null);
  const [tag, setTag] = useState('');
  const [body, setBody] = useState('');
  const [delayLevel, setDelayLevel] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<string>(AS_WORKLOAD);
  const [properties, setProperties] = useState('');
  const { followed, follow } = useFollowSent();
  const producer =
    clients.find(({ id }) => id === chosen) ?? clients.find(({ id }) => id === data.process) ?? clients[0];
  if (producer === undefined) return <p className={styles.note}>{t('noProducer')}</p>;

  // A key of its own is how the message is found again.
  const ownKey = key ?? `hand-${number}`;
  const badTag = /[\s|]/.test(tag);
  const cycles = propertiesOf(properties);
  const transacts = producer.mode === 'transaction';
  const send = () => {
    const values = Object.entries(cycles ?? {}).map(([name, [value]]) => [name, value]);
    const message = {
      ...{ key: ownKey.trim() || `hand-${number}`, tag, body, delayLevel },
      properties: values.length > 0 ? Object.fromEntries(values) : null,
      outcome: transacts && outcome !== AS_WORKLOAD ? outcome : null,
    };
    follow(message.key, () => act(sendOne(producer.id, message)));
    setNumber(number + 1);
    setKey(null);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!badTag && cycles) send();
      }}
    >
      <span>{t('topic')}</span>
      <Select
        label={t('topic')}
        options={clients.map(({ id, topic }) => ({
          value: id,
          label: t('topicBy', { topic, producer: id }),
        }))}
        value={producer.id}
        onChange={setChosen}
        size="dense"
        className={styles.fill}
      />
      <span>{t('key')}</span>
      <TextField label={t('key')} value={ownKey} onChange={setKey} lengthMax={TEXT_LENGTH_MAX} mono />
      <span>{t('tag')}</span>
      <TextField
        label={t('tag')}
        value={tag}
        onChange={setTag}
        placeholder={t('asWorkload')}
        lengthMax={TEXT_LENGTH_MAX}
        invalid={badTag}
        mono
      />
      <span>{t('body')}</span>
      <TextField
        label={t('body')}
        value={body}
        onChange={setBody}
        placeholder={t('asWorkload')}
        lengthMax={BODY_LENGTH_MAX}
      />
      {transacts ? (
        <>
          <span>{t('outcome')}</span>
          <Select
            label={t('outcome')}
            options={[
              { value: AS_WORKLOAD, label: t('asWorkload') },
              ...OUTCOMES.map((value) => ({ value, label: value })),
            ]}
            value={outcome}
            onChange={setOutcome}
            size="dense"
            className={styles.fill}
          />
        </>
      ) : (
        <>
          <span>{t('delay')}</span>
          <DelayLevel data={data} label={t('delay')} value={delayLevel} onSet={setDelayLevel} optional />
        </>
      )}
      <span>{t('properties')}</span>
      <TextField
        label={t('properties')}
        value={properties}
        onChange={setProperties}
        placeholder={t('asWorkload')}
        invalid={!cycles}
        mono
      />
      {!cycles && (
        <p role="alert" className={styles.problem}>
          {t('badProperties')}
        </p>
      )}
      {badTag && (
        <p role="alert" className={styles.problem}>
          {t('badTag')}
        </p>
      )}
      <Button type="submit" className={styles.wide} disabled={producer.state === 'down'}>
        {t('sendAndFollow')}
      </Button>
      <p role="status" className={styles.note}>
        {followed === 'none' && t('notSentYet')}
        {followed !== null && followed !== 'none' && t('following', { name: followed })}
      </p>
    </form>
  );
}
