import { useState } from 'react';
import { formatShort } from '../../ui/format/number';
import { NumberField } from '../../ui/kit/NumberField';
import styles from './controls.module.css';
import { useT } from './texts';

export interface NumberSettingProps {
  readonly label: string;
  readonly value: number;
  readonly onSet: (value: number) => void;
  readonly min: number;
  readonly max?: number;
  /** A value outside the range that means "off". */
  readonly off?: number;
  readonly digits?: number;
  readonly unit?: string;
  readonly modified?: boolean;
  readonly disabled?: boolean;
}

/** A number that is taken only within its range; any other is refused in words and changes nothing. */
export function NumberSetting(props: NumberSettingProps) {
  const { label, value, onSet, min, max = Number.MAX_SAFE_INTEGER, off, digits = 0, ...field } = props;
  const t = useT();
  const [problem, setProblem] = useState<string | null>(null);

  const take = (next: number) => {
    const typed = formatShort(next, 3);
    if (next === off || (next >= min && next <= max)) {
      setProblem(null);
      onSet(next);
    } else if (next < min && max >= UNBOUNDED) setProblem(t('belowMin', { typed, min, value }));
    else setProblem(t('outOfRange', { typed, min, max, value }));
  };

  return (
    <div className={styles.numberSetting}>
      <NumberField
        {...field}
        label={label}
        value={value}
        digits={digits}
        onChange={take}
        onRefuse={(typed) => setProblem(t('notANumber', { typed, value }))}
      />
      {problem !== null && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  );
}

/** The largest Java int: a range that ends there is said without its end. */
const UNBOUNDED = 2_147_483_647;
