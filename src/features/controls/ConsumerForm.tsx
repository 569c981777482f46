import { type ReactNode, useState } from 'react';
import type { ConsumerSpec } from '../../engine/scenario/types';
import { controls } from '../../i18n/areas/controls';
import { useText } from '../../i18n/use-text';
import { checkSql } from '../../state/engine-data';
import { Button } from '../../ui/kit/Button';
import { Segmented } from '../../ui/kit/Segmented';
import { Select } from '../../ui/kit/Select';
import { Term } from '../../ui/kit/Term';
import { TextField } from '../../ui/kit/TextField';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { idsOf, nextId } from './model/additions';
import { alterGroup } from './model/requests';
import { NumberSetting } from './NumberSetting';
import { useT } from './texts';

const plain = <V extends string>(...values: readonly V[]) => values.map((value) => ({ value, label: value }));
const NO_DATABASE = '-';
const NEW_DATABASE = '+';
const TTL_MIN = 60;
const YEAR_MIN = 525_600;
const STARTS = [
  'CONSUME_FROM_LAST_OFFSET',
  'CONSUME_FROM_FIRST_OFFSET',
  'CONSUME_FROM_TIMESTAMP',
] as const satisfies readonly ConsumerSpec['config']['consumeFromWhere'][];

/** A new consumer: what it subscribes to, how it reads, and what it does about duplicates. */
export function ConsumerForm({ data }: { readonly data: ControlsData }) {
  const { t, pick } = useText(controls);
  const { act } = useCalls();
  const { scenario, actions, settings } = data;
  const [first] = scenario.consumers;
  const topics = [...settings.topics.keys()];
  const databases = [...settings.databases.keys()];
  const [group, setGroup] = useState(`${first?.group ?? 'consumers'}-2`);
  const [chosen, setTopic] = useState<string | null>(null);
  const [kind, setKind] = useState<'tags' | 'sql'>('tags');
  const [filter, setFilter] = useState('');
  const [wantedListener, setListener] = useState<ConsumerSpec['listener'] | null>(null);
  const [protocol, setProtocol] = useState<ConsumerSpec['protocol']>('remoting');
  const [messageModel, setModel] = useState<ConsumerSpec['messageModel']>('CLUSTERING');
  const [consumeFromWhere, setStart] = useState<(typeof STARTS)[number]>(STARTS[0]);
  const [idempotent, setIdempotent] = useState<ConsumerSpec['idempotent']>('none');
  const [ttlMin, setTtl] = useState(TTL_MIN);
  const [wantedDatabase, setDatabase] = useState(NO_DATABASE);
  const topic = chosen ?? topics[0];
  if (topic === undefined) return <p className={styles.note}>{t('noTopic')}</p>;
  const name = group.trim();
  const text = filter.trim();
  const wrongSql = kind === 'sql' && text !== '' ? checkSql(text) : undefined;
  // The marks of an idempotent business stand in a database.
  const marked = idempotent !== 'none';
  const database = marked && wantedDatabase === NO_DATABASE ? (databases[0] ?? NEW_DATABASE) : wantedDatabase;
  // A client of version 5 has one kind of listener: its group says whether it consumes in order.
  const isFifo = settings.groups.get(name)?.consumeMessageOrderly === true;
  const isGrpc = protocol === 'grpc';
  const listener = wantedListener ?? (isGrpc && isFifo ? 'orderly' : 'concurrently');
  const altersGroup = isGrpc && isFifo !== (listener === 'orderly');
  const add = () => {
    const taken = idsOf(scenario, actions);
    const newDatabase = nextId('orders-db', taken);
    const consumer = {
      id: nextId(name, taken),
      group: name,
      topic,
      ...(text !== '' && { filter: kind === 'sql' ? { sql: text } : text }),
      listener,
      protocol,
      messageModel,
      idempotent,
      ...(idempotent === 'expiringKey' && { dedupeTtl: `${ttlMin}m` }),
      ...(database !== NO_DATABASE && { database: database === NEW_DATABASE ? newDatabase : database }),
      ...(consumeFromWhere !== STARTS[0] && { config: { consumeFromWhere } }),
    };
    const inOrder = { consumeMessageOrderly: listener === 'orderly' };
    act(
      ...(database === NEW_DATABASE ? [{ do: 'add', database: { id: newDatabase } } as const] : []),
      ...(altersGroup ? [alterGroup(name, inOrder)] : []),
      { do: 'add', consumer },
    );
  };
  return (
    <form
      className={styles.form}
      aria-label={t('newConsumer')}
      onSubmit={(event) => {
        event.preventDefault();
        if (name !== '' && wrongSql === undefined) add();
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
      <Named name="filter" />
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
        invalid={wrongSql !== undefined}
        mono
      />
      {wrongSql && (
        <p role="alert" className={styles.problem}>
          {t('badSql', { problem: pick(wrongSql) })}
        </p>
      )}
      <Named name="listener" />
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
          <Named name="protocol" />
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
      {altersGroup && name !== '' && (
        <p role="status" className={styles.note}>
          {t('groupAltered', { group: name, value: String(listener === 'orderly') })}
        </p>
      )}
      <Named name="messageModel" />
      <Choice
        label={t('messageModel')}
        options={plain('CLUSTERING', 'BROADCASTING')}
        value={messageModel}
        onChange={setModel}
      />
      <Named name="start" />
      <Choice
        label="consumeFromWhere"
        options={STARTS.map((value) => ({ value, label: value.replace('CONSUME_FROM_', '') }))}
        value={consumeFromWhere}
        onChange={setStart}
      />
      <Named name="idempotent" />
      <Choice
        label={t('idempotent')}
        options={plain('none', 'checkThenAct', 'markFirst', 'uniqueKey', 'stateMachine', 'expiringKey')}
        value={idempotent}
        onChange={setIdempotent}
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
      <span>{t('database')}</span>
      <Choice
        label={t('database')}
        options={[
          { value: NO_DATABASE, label: t('noDatabase'), disabled: marked },
          ...plain(...databases),
          { value: NEW_DATABASE, label: t('newDatabase') },
        ]}
        value={database}
        onChange={setDatabase}
      />
      <Button type="submit" className={styles.wide} disabled={name === '' || wrongSql !== undefined}>
        {t('addThisConsumer')}
      </Button>
    </form>
  );
}

const MEANS = {
  filter: 'filterMeans',
  listener: 'listenerMeans',
  protocol: 'protocolMeans',
  messageModel: 'messageModelMeans',
  start: 'startMeans',
  idempotent: 'idempotentMeans',
} as const;

/** The name of a line, with what its choices do. */
function Named({ name }: { readonly name: keyof typeof MEANS }): ReactNode {
  const t = useT();
  return (
    <span>
      <Term definition={t(MEANS[name])}>{t(name)}</Term>
    </span>
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: V; readonly label: string; readonly disabled?: boolean }[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}

function Choice<V extends string>(props: ChoiceProps<V>) {
  return <Select {...props} size="dense" mono className={styles.fill} />;
}
