import { type ReactNode, useId, useState } from 'react';
import { log } from '../../i18n/areas/log';
import { useText } from '../../i18n/use-text';
import { Select } from '../../ui/kit/Select';
import { Switch } from '../../ui/kit/Switch';
import type { FoundMessage } from '../../worker/protocol';
import type { LogNode } from './EventLog';
import type { LogFilters } from './filters';
import styles from './log.module.css';

export interface FilterBarProps {
  readonly filters: LogFilters;
  readonly nodes: readonly LogNode[];
  readonly initialMessage: FoundMessage | undefined;
  readonly find: (text: string) => Promise<readonly FoundMessage[]>;
  readonly onChange: (filters: LogFilters) => void;
  readonly children: ReactNode;
}

const ALL = 'all';

/** What the log is narrowed to. */
export function FilterBar({ filters, nodes, initialMessage, find, onChange, children }: FilterBarProps) {
  const { t } = useText(log);
  const options = [
    { value: ALL, label: t('allNodes') },
    { value: '-1', label: t('environment') },
    ...nodes.map(({ node, name }) => ({ value: String(node), label: name })),
  ];
  return (
    <div className={styles.filters}>
      <Select
        label={t('node')}
        options={options}
        value={filters.node === null ? ALL : String(filters.node)}
        onChange={(value) => onChange({ ...filters, node: value === ALL ? null : Number(value) })}
      />
      <MessageField
        key={filters.message === null ? 'none' : 'some'}
        initial={filters.message === initialMessage?.message ? (initialMessage?.name ?? '') : null}
        message={filters.message}
        find={find}
        onChange={(message) => onChange({ ...filters, message })}
      />
      <Field
        label={t('rule')}
        hint={t('ruleHint')}
        width="short"
        value={filters.rule}
        onChange={(rule) => onChange({ ...filters, rule })}
      />
      <Field
        label={t('text')}
        hint={t('textHint')}
        value={filters.text}
        onChange={(text) => onChange({ ...filters, text })}
      />
      <Switch
        label={t('beatsOnly')}
        checked={filters.beatsOnly}
        onChange={(beatsOnly) => onChange({ ...filters, beatsOnly })}
      />
      {children}
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly width?: 'short';
  readonly onChange: (value: string) => void;
}

function Field({ label, hint, value, width, onChange }: FieldProps) {
  return (
    <input
      className={styles.field}
      data-width={width}
      type="text"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      placeholder={width ? hint : `${label} ${hint}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface MessageFieldProps {
  /** The name to begin with; null: the message was named elsewhere. */
  readonly initial: string | null;
  readonly message: number | null;
  readonly find: (text: string) => Promise<readonly FoundMessage[]>;
  readonly onChange: (message: number | null) => void;
}

/** Takes a message by its name or key: Enter or leaving the field looks it up. */
function MessageField({ initial, message, find, onChange }: MessageFieldProps) {
  const { t } = useText(log);
  const [draft, setDraft] = useState(initial ?? '');
  const [unknown, setUnknown] = useState(false);
  const errorId = useId();
  const look = async () => {
    const wanted = draft.trim();
    if (wanted === '') {
      if (message !== null) onChange(null);
      setUnknown(false);
      return;
    }
    const found = await find(wanted);
    const exact = found.find(({ name, key }) => name === wanted || key === wanted) ?? found[0];
    setUnknown(exact === undefined);
    if (exact && exact.message !== message) onChange(exact.message);
  };
  return (
    <span className={styles.message}>
      <input
        className={styles.field}
        data-width="medium"
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('message')}
        aria-invalid={unknown}
        aria-describedby={unknown ? errorId : undefined}
        placeholder={`${t('message')} ${t('messageHint')}`}
        value={draft}
        onChange={(event) => {
          setDraft(event.target.value);
          setUnknown(false);
        }}
        onBlur={() => void look()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void look();
        }}
      />
      {unknown && (
        <span id={errorId} className={styles.unknown}>
          {t('unknownMessage')}
        </span>
      )}
    </span>
  );
}
