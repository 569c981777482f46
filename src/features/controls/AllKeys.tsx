import { useMemo, useState } from 'react';
import { controls } from '../../i18n/areas/controls';
import { useText } from '../../i18n/use-text';
import { type ConfigValue, configDefaults, type KeySpec, keysOf } from '../../state/engine-data';
import { cx } from '../../ui/cx';
import { Button } from '../../ui/kit/Button';
import { Popover } from '../../ui/kit/Popover';
import { TextField } from '../../ui/kit/TextField';
import { type Change, ChangeNote } from './ChangeNote';
import { ConfigField } from './ConfigField';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { KeyName } from './KeyName';
import { setConfig } from './model/requests';
import type { ProcessSetting } from './model/settings';

/** The keys that a learner asks for first. */
const MOST_USED: Readonly<Record<ProcessSetting['role'], string>> = {
  nameserver: 'scanNotActiveBrokerInterval',
  controller: 'enableElectUncleanMaster scanNotActiveBrokerInterval scanInactiveMasterInterval',
  broker: `flushDiskType brokerRole inSyncReplicas slaveReadEnable syncFlushTimeout slaveTimeout
    transientStorePoolEnable flushIntervalCommitLog flushCommitLogLeastPages`,
  producer: `sendMsgTimeout retryTimesWhenSendFailed retryTimesWhenSendAsyncFailed
    retryAnotherBrokerWhenNotStoreOK sendLatencyFaultEnable pollNameServerInterval`,
  consumer: `consumeThreadMin pullBatchSize pullThresholdForQueue maxReconsumeTimes
    allocateMessageQueueStrategy consumeFromWhere persistConsumerOffsetInterval`,
};

interface Row {
  readonly key: string;
  readonly spec: KeySpec;
  readonly byDefault: ConfigValue;
}

/** Keys of a process with their defaults, under `used` and then by the class that declares them. */
function groupsOf(
  { role }: ProcessSetting,
  { productVersion, environment }: ControlsData['scenario'],
  used: string,
): readonly (readonly [heading: string, rows: readonly Row[]])[] {
  const defaults = configDefaults(role, productVersion, environment.cpu.cores);
  const first = MOST_USED[role].split(/\s+/);
  const groups = new Map<string, Row[]>([[used, []]]);
  for (const [key, spec] of keysOf(role, productVersion)) {
    const heading = first.includes(key) ? used : spec.where;
    const rows = groups.get(heading) ?? [];
    groups.set(heading, rows);
    rows.push({ key, spec, byDefault: defaults[key] ?? '' });
  }
  groups.get(used)?.sort((x, y) => first.indexOf(x.key) - first.indexOf(y.key));
  return [...groups];
}

interface AllKeysProps {
  readonly setting: ProcessSetting;
  readonly data: ControlsData;
}

/** The configuration of the selected process: how much of it differs, and a button to all of it. */
export function AllKeys({ setting, data }: AllKeysProps) {
  const { t } = useText(controls);
  const { id, config } = setting.spec;
  const groups = useMemo(() => groupsOf(setting, data.scenario, t('mostUsed')), [setting, data.scenario, t]);
  const values = config as Readonly<Record<string, ConfigValue>>;
  const changed = groups
    .flatMap(([, rows]) => rows)
    .filter((row) => values[row.key] !== row.byDefault).length;
  return (
    <div className={styles.processKeys}>
      <span className={styles.groupName}>{id}</span>
      <span className={styles.aside}>
        {changed === 0 ? t('asDefault') : t('keysChanged', { count: changed })}
      </span>
      <Popover
        label={t('allKeysOf', { name: id })}
        trigger={<Button size="dense">{t('allKeys')}</Button>}
        side="right"
      >
        <KeyList setting={setting} groups={groups} values={values} refusal={data.refusal} />
      </Popover>
    </div>
  );
}

interface KeyListProps {
  readonly setting: ProcessSetting;
  readonly groups: ReturnType<typeof groupsOf>;
  readonly values: Readonly<Record<string, ConfigValue>>;
  readonly refusal: ControlsData['refusal'];
}

function KeyList({ setting, groups, values, refusal }: KeyListProps) {
  const { t, pick } = useText(controls);
  const { act } = useCalls();
  const [text, setText] = useState('');
  const [change, setChange] = useState<Change | null>(null);
  const { id } = setting.spec;
  const wanted = text.trim().toLowerCase();
  const found = groups
    .map(
      ([heading, rows]) => [heading, rows.filter(({ key }) => key.toLowerCase().includes(wanted))] as const,
    )
    .filter(([, rows]) => rows.length > 0);

  const set = (key: string, value: ConfigValue) => {
    act(setConfig(id, key, value));
    setChange({ target: id, role: setting.role, key, value });
  };

  return (
    <div className={styles.keyList}>
      <h3 className={styles.keyListHead}>{t('allKeysOf', { name: id })}</h3>
      <TextField
        label={t('searchKeys')}
        placeholder={t('searchKeys')}
        icon="search"
        value={text}
        onChange={setText}
      />
      <div className={styles.keyGroups}>
        {found.length === 0 && <p className={styles.note}>{t('noSuchKey')}</p>}
        {found.map(([heading, rows]) => (
          <section key={heading} aria-label={heading}>
            <h4 className={styles.keyClass}>{heading}</h4>
            {rows.map(({ key, spec, byDefault }) => {
              const value = values[key] ?? byDefault;
              const modified = value !== byDefault;
              return (
                <div key={key} className={cx(styles.keyRow, modified && styles.keyChanged)}>
                  <KeyName name={key} />
                  <ConfigField
                    label={t('keyOf', { key, name: id })}
                    configKey={key}
                    spec={spec}
                    value={value}
                    modified={modified}
                    onSet={(next) => set(key, next)}
                  />
                  <small className={styles.keyFacts}>
                    {t('keyDefault', {
                      value: typeof byDefault === 'number' ? byDefault : String(byDefault),
                    })}
                    {!spec.settableAtRuntime && ` · ${t('keyRestart')}`}
                  </small>
                  {spec.inert && (
                    <p className={styles.keyInert}>{t('keyInert', { reason: pick(spec.inert) })}</p>
                  )}
                  {change?.key === key &&
                    (refusal === null ? (
                      <ChangeNote change={change} onClose={() => setChange(null)} />
                    ) : (
                      <p role="alert" className={styles.problem}>
                        {pick(refusal)}
                      </p>
                    ))}
                </div>
              );
            })}
          </section>
        ))}
      </div>
    </div>
  );
}
