import { useState } from 'react';
import type { ConsumerSpec } from '../../engine/scenario/types';
import type { ConsumerView } from '../../engine/view';
import { formatDurationUs, formatShort } from '../../ui/format/number';
import { Button } from '../../ui/kit/Button';
import { Switch } from '../../ui/kit/Switch';
import { Term } from '../../ui/kit/Term';
import { type Change, ChangeNote } from './ChangeNote';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { KeyName } from './KeyName';
import { alterGroup, failNext, setConfig, setWorkload } from './model/requests';
import { filterText, wordsOf } from './model/texts-of';
import { unitOf } from './model/units';

import { NumberSetting } from './NumberSetting';
import { SettingSlider } from './SettingSlider';
import { TextSetting } from './TextSetting';
import { unitText, useT } from './texts';

interface ConsumerWorkProps {
  readonly data: ControlsData;
  readonly view: ConsumerView;
  readonly spec: ConsumerSpec;
}

/** How long one consumer takes for a message. */
export function ConsumerWork({ spec }: Pick<ConsumerWorkProps, 'spec'>) {
  const t = useT();
  const { act } = useCalls();
  return (
    <SettingSlider
      label={t('handler')}
      value={spec.processingUs / 1_000}
      onSet={(processingMs) => act(setWorkload(spec.id, { processingMs }))}
      scale="log"
      min={0.1}
      max={10_000}
      format={(ms) => formatDurationUs(ms * 1_000)}
    />
  );
}

/** How often it fails, and how much it takes at once. */
export function MoreOfConsumer({ data, view, spec }: ConsumerWorkProps) {
  const t = useT();
  const { act } = useCalls();
  const [count, setCount] = useState(1);
  const [failing, of] = spec.failureRate;
  return (
    <section className={styles.more} aria-label={view.label}>
      <h4 className={styles.groupName}>{view.label === spec.id ? spec.id : `${view.label} ${spec.id}`}</h4>
      <SettingSlider
        label={t('failureRate')}
        value={Math.round((100 * failing) / of)}
        onSet={(percent) => act(setWorkload(spec.id, { failureRate: [percent, 100] }))}
        min={0}
        max={100}
        format={(percent) => `${formatShort(percent)} %`}
      />
      <div className={styles.row}>
        <span className={styles.rowName}>{t('failNext')}</span>
        <NumberSetting
          label={t('failNext')}
          value={count}
          onSet={setCount}
          min={1}
          max={1_000_000}
          unit={t('unitMessages')}
        />
        <Button size="dense" onClick={() => act(failNext(view.id, count))}>
          {t('failNow')}
        </Button>
      </div>
      <TextSetting
        label={t('poisonKeys')}
        name={<Term definition={t('poisonMeans')}>{t('poisonKeys')}</Term>}
        value={spec.poisonKeys.join(', ')}
        placeholder="order-7"
        onSet={(text) => {
          act(setWorkload(spec.id, { poisonKeys: wordsOf(text) }));
          return undefined;
        }}
      />
      <Reads spec={spec} />
      {spec.protocol === 'grpc' && <GroupOrder data={data} spec={spec} />}
      <DatabaseWork data={data} spec={spec} />
      <ConsumerKeys data={data} spec={spec} />
    </section>
  );
}

/** What is settled when it starts. */
function Reads({ spec }: Pick<ConsumerWorkProps, 'spec'>) {
  const t = useT();
  const { filter, listener, protocol, messageModel, idempotent, dedupeTtlUs, database } = spec;
  const facts = [
    [t('filter'), filterText(filter)],
    [t('listener'), listener],
    [t('protocol'), protocol],
    [t('messageModel'), messageModel],
    [t('idempotent'), idempotent],
    ...(idempotent === 'expiringKey' ? [[t('dedupeTtl'), formatDurationUs(dedupeTtlUs)] as const] : []),
    ...(database === null ? [] : [[t('database'), database] as const]),
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the brokers keep of the group of a client of version 5: whether it consumes in order. */
function GroupOrder({ data, spec }: Omit<ConsumerWorkProps, 'view'>) {
  const t = useT();
  const { act } = useCalls();
  const isFifo = data.settings.groups.get(spec.group)?.consumeMessageOrderly === true;
  return (
    <Switch
      label={
        <Term definition={t('groupOrderMeans', { group: spec.group })}>
          <code className={styles.keyName}>consumeMessageOrderly</code>
        </Term>
      }
      checked={isFifo}
      onChange={(on) => act(alterGroup(spec.group, { consumeMessageOrderly: on }))}
    />
  );
}

/** What the database of the business can do: its writes are part of each delivery. */
function DatabaseWork({ data, spec }: Omit<ConsumerWorkProps, 'view'>) {
  const t = useT();
  const { act } = useCalls();
  const database = data.settings.databases.get(spec.database ?? '');
  if (database === undefined) return null;
  const { id, latencyUs, capacityPerSecond } = database;
  return (
    <>
      <div className={styles.keyLine}>
        <span>{t('databaseTakes')}</span>
        <NumberSetting
          label={t('databaseTakesOf', { name: id })}
          value={latencyUs / 1_000}
          onSet={(latencyMs) => act(setWorkload(id, { latencyMs }))}
          min={0}
          max={3_600_000}
          digits={3}
          unit="ms"
        />
      </div>
      <div className={styles.keyLine}>
        <span>{t('databaseDoes')}</span>
        <NumberSetting
          label={t('databaseDoesOf', { name: id })}
          value={capacityPerSecond}
          onSet={(capacity) => act(setWorkload(id, { capacityPerSecond: capacity }))}
          min={1}
          max={1_000_000}
          unit="/s"
        />
      </div>
    </>
  );
}

const KEYS = {
  maxReconsumeTimes: [-1, 2_147_483_647],
  consumeThreadMin: [1, 1_000],
  pullBatchSize: [1, 1_024],
  pullThresholdForQueue: [1, 65_535],
} as const;

function ConsumerKeys({ data, spec }: Omit<ConsumerWorkProps, 'view'>) {
  const t = useT();
  const { act } = useCalls();
  const [change, setChange] = useState<Change | null>(null);
  return (
    <>
      {(Object.keys(KEYS) as (keyof typeof KEYS)[]).map((key) => {
        const unit = unitOf(key);
        return (
          <div key={key} className={styles.keyLine}>
            <KeyName name={key} />
            <NumberSetting
              label={t('keyOf', { key, name: spec.id })}
              value={spec.config[key]}
              onSet={(value) => {
                act(setConfig(spec.id, key, value));
                setChange({ target: spec.id, role: 'consumer', key, value });
              }}
              min={KEYS[key][0]}
              max={KEYS[key][1]}
              {...(unit && { unit: unitText(unit, t) })}
            />
          </div>
        );
      })}
      {change && data.refusal === null && <ChangeNote change={change} onClose={() => setChange(null)} />}
    </>
  );
}
