import { Select } from '../../ui/kit/Select';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { delayLevelsOf } from './model/texts-of';
import { useT } from './texts';

interface DelayLevelProps {
  readonly data: ControlsData;
  readonly label: string;
  /** 0: none; null: as the workload says. */
  readonly value: number | null;
  readonly onSet: (level: number | null) => void;
  /** Whether "as the workload" is a choice. */
  readonly optional?: boolean;
}

const AS_WORKLOAD = 'workload';

/** One of the levels that the brokers have, with its time. */
export function DelayLevel({ data, label, value, onSet, optional = false }: DelayLevelProps) {
  const t = useT();
  const broker = [...data.settings.processes.values()].find(({ role }) => role === 'broker');
  const levels = broker?.role === 'broker' ? delayLevelsOf(broker.spec.config.messageDelayLevel) : [];
  return (
    <Select
      label={label}
      options={[
        ...(optional ? [{ value: AS_WORKLOAD, label: t('asWorkload') }] : []),
        { value: '0', label: t('noDelay') },
        ...levels.map((time, i) => ({ value: `${i + 1}`, label: t('delayOf', { level: i + 1, time }) })),
      ]}
      value={value === null ? AS_WORKLOAD : `${Math.max(0, Math.min(levels.length, value))}`}
      onChange={(level) => onSet(level === AS_WORKLOAD ? null : Number(level))}
      size="dense"
      className={styles.fill}
    />
  );
}
