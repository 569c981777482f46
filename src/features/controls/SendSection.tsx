import { useState } from 'react';
import { BODY_LENGTH_MAX, TEXT_LENGTH_MAX } from '../../state/engine-data';
import { Button } from '../../ui/kit/Button';
import { Select } from '../../ui/kit/Select';
import { TextField } from '../../ui/kit/TextField';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { Fold } from './Fold';
import { sendOne } from './model/requests';
import { useT } from './texts';
import { useFollowSent } from './use-follow-sent';

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
  const { followed, follow } = useFollowSent();
  const producer =
    clients.find(({ id }) => id === chosen) ?? clients.find(({ id }) => id === data.process) ?? clients[0];
  if (producer === undefined) return <p className={styles.note}>{t('noProducer')}</p>;

  // A key of its own is how the message is found again.
  const ownKey = key ?? `hand-${number}`;
  const badTag = /[\s|]/.test(tag);
  const send = () => {
    const message = { key: ownKey.trim() || `hand-${number}`, tag, body };
    follow(message.key, () => act(sendOne(producer.id, message)));
    setNumber(number + 1);
    setKey(null);
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!badTag) send();
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
