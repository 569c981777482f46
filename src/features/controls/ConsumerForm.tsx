import { useState } from 'react';
import type { ConsumerSpec } from '../../engine/scenario/types';
import { Button } from '../../ui/kit/Button';
import { Segmented } from '../../ui/kit/Segmented';
import { Select } from '../../ui/kit/Select';
import { TextField } from '../../ui/kit/TextField';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { idsOf, nextId } from './model/additions';
import { NumberSetting } from './NumberSetting';
import { useT } from './texts';

const plain = <V extends string>(...values: readonly V[]) => values.map((value) => ({ value, label: value }));
const NO_DATABASE = '-';
const TTL_MIN = 60;
const YEAR_MIN = 525_600;

/** A new consumer: what it subscribes to, how it reads, and what it does about duplicates. */
export function ConsumerForm({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const { scenario, actions, settings } = data;
  const [first] = scenario.consumers;
  const topics = [...settings.topics.keys()];
  const [group, setGroup] = useState(`${first?.group ?? 'consumers'}-2`);
  const [chosen, setTopic] = useState<string | null>(null);
  const [kind, setKind] = useState<'tags' | 'sql'>('tags');
  const [filter, setFilter] = useState('');
  const [listener, setListener] = useState<ConsumerSpec['listener']>('concurrently');
  const [protocol, setProtocol] = useState<ConsumerSpec['protocol']>('remoting');
  const [messageModel, setModel] = useState<ConsumerSpec['messageModel']>('CLUSTERING');
  const [idempotent, setIdempotent] = useState<ConsumerSpec['idempotent']>('none');
  const [ttlMin, setTtl] = useState(TTL_MIN);
  const [database, setDatabase] = useState(NO_DATABASE);
  const topic = chosen ?? topics[0];
  if (topic === undefined) return null;
  const name = group.trim();
  const text = filter.trim();
  const add = () =>
    act({
      do: 'add',
      consumer: {
        id: nextId(name, idsOf(scenario, actions)),
        group: name,
        topic,
        ...(text !== '' && { filter: kind === 'sql' ? { sql: text } : text }),
        listener,
        protocol,
        messageModel,
        idempotent,
        ...(idempotent === 'expiringKey' && { dedupeTtl: `${ttlMin}m` }),
        ...(database !== NO_DATABASE && { database }),
      },
    });
  return (
    <form
      className={styles.form}
      aria-label={t('newConsumer')}
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '') add();
      }}
    >
      <span>{t('group')}</span>
      <TextField label={t('group')} value={group} onChange={setGroup} mono />
      <span>{t('topic')}</span>
      <Select
        label={t('topic')}
        options={plain(...topics)}
        value={topic}
        onChange={setTopic}
        size="dense"
        className={styles.fill}
      />
      <span>{t('filter')}</span>
      <Segmented
        label={t('filterKind')}
        options={plain('tags', 'sql')}
        value={kind}
        onChange={setKind}
        size="dense"
        mono
        fill
      />
      <span />
      <TextField
        label={t('filter')}
        value={filter}
        onChange={setFilter}
        placeholder={kind === 'sql' ? "region = 'eu' AND amount > 10" : 'TagA || TagB'}
        mono
      />
      <span>{t('listener')}</span>
      <Segmented
        label={t('listener')}
        options={plain('concurrently', 'orderly')}
        value={listener}
        onChange={setListener}
        size="dense"
        mono
        fill
      />
      {scenario.productVersion !== '4.9' && (
        <>
          <span>{t('protocol')}</span>
          <Segmented
            label={t('protocol')}
            options={plain('remoting', 'pop', 'grpc')}
            value={protocol}
            onChange={setProtocol}
            size="dense"
            mono
            fill
          />
        </>
      )}
      <span>{t('messageModel')}</span>
      <Select
        label={t('messageModel')}
        options={plain('CLUSTERING', 'BROADCASTING')}
        value={messageModel}
        onChange={setModel}
        size="dense"
        mono
        className={styles.fill}
      />
      <span>{t('idempotent')}</span>
      <Select
        label={t('idempotent')}
        options={plain('none', 'checkThenAct', 'markFirst', 'uniqueKey', 'stateMachine', 'expiringKey')}
        value={idempotent}
        onChange={setIdempotent}
        size="dense"
        mono
        className={styles.fill}
      />
      {idempotent === 'expiringKey' && (
        <>
          <span>{t('dedupeTtl')}</span>
          <NumberSetting
            label={t('dedupeTtl')}
            value={ttlMin}
            onSet={setTtl}
            min={0}
            max={YEAR_MIN}
            unit="min"
          />
        </>
      )}
      {scenario.databases.length > 0 && (
        <>
          <span>{t('database')}</span>
          <Select
            label={t('database')}
            options={[
              { value: NO_DATABASE, label: t('noDatabase') },
              ...plain(...scenario.databases.map(({ id }) => id)),
            ]}
            value={database}
            onChange={setDatabase}
            size="dense"
            className={styles.fill}
          />
        </>
      )}
      <Button type="submit" className={styles.wide} disabled={name === ''}>
        {t('addThisConsumer')}
      </Button>
    </form>
  );
}
