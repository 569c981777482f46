import { useState } from 'react';
import type { ConfigValue, KeySpec } from '../../state/engine-data';
import { Segmented } from '../../ui/kit/Segmented';
import { Select } from '../../ui/kit/Select';
import { TextField } from '../../ui/kit/TextField';
import styles from './controls.module.css';
import { unitOf } from './model/units';
import { NumberSetting } from './NumberSetting';
import { unitText, useT } from './texts';

export interface ConfigFieldProps {
  /** The key and whose it is, for screen readers. */
  readonly label: string;
  readonly configKey: string;
  readonly spec: KeySpec;
  readonly value: ConfigValue;
  readonly modified: boolean;
  readonly onSet: (value: ConfigValue) => void;
}

/** The field that fits the type of a configuration key. */
export function ConfigField(props: ConfigFieldProps) {
  const { label, configKey, spec, value, modified, onSet } = props;
  const t = useT();
  if (spec.type === 'bool') {
    return (
      <Segmented
        label={label}
        options={BOOLEANS}
        value={String(value)}
        onChange={(next) => onSet(next === 'true')}
        size="dense"
        mono
        fill
      />
    );
  }
  if (spec.values !== undefined) {
    return (
      <Select
        label={label}
        options={spec.values.map((each) => ({ value: String(each), label: String(each) }))}
        value={String(value)}
        onChange={(next) => onSet(spec.values?.find((each) => String(each) === next) ?? next)}
        size="dense"
        mono
        className={styles.fill}
      />
    );
  }
  if (spec.type === 'string') return <ConfigText {...props} />;
  const unit = unitOf(configKey);
  return (
    <NumberSetting
      label={label}
      value={Number(value)}
      onSet={onSet}
      min={spec.min}
      max={spec.max}
      modified={modified}
      {...(spec.off === undefined ? {} : { off: spec.off })}
      {...(unit === undefined ? {} : { unit: unitText(unit, t) })}
    />
  );
}

const BOOLEANS = [
  { value: 'true', label: 'true' },
  { value: 'false', label: 'false' },
];

function ConfigText({ label, spec, value, onSet }: ConfigFieldProps) {
  const t = useT();
  const [refused, setRefused] = useState<string | null>(null);
  const take = (text: string) => {
    const fits = spec.pattern?.test(text) ?? true;
    setRefused(fits ? null : text);
    if (fits) onSet(text);
  };
  return (
    <div className={styles.numberSetting}>
      <TextField label={label} value={String(value)} onCommit={take} mono />
      {refused !== null && (
        <p role="alert" className={styles.problem}>
          {t('badText', { typed: refused, example: String(spec.default5) })}
        </p>
      )}
    </div>
  );
}
