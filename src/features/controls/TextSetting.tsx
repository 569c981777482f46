import { type ReactNode, useState } from 'react';
import { TextField } from '../../ui/kit/TextField';
import styles from './controls.module.css';

interface TextSettingProps {
  readonly label: string;
  readonly name?: ReactNode;
  readonly value: string;
  readonly placeholder?: string;
  /** Takes the text, or says in words what is wrong with it and changes nothing. */
  readonly onSet: (text: string) => string | undefined;
}

/** A setting that is written as text: taken by Enter or on leaving. */
export function TextSetting({ label, name = label, value, placeholder, onSet }: TextSettingProps) {
  const [problem, setProblem] = useState<string | undefined>();
  return (
    <div className={styles.row}>
      <span className={styles.rowName}>{name}</span>
      <div className={styles.numberSetting}>
        <TextField
          label={label}
          value={value}
          {...(placeholder !== undefined && { placeholder })}
          invalid={problem !== undefined}
          onCommit={(text) => setProblem(onSet(text))}
          mono
        />
        {problem !== undefined && (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}
