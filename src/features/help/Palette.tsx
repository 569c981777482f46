import { Command, defaultFilter } from 'cmdk';
import { useEffect, useState } from 'react';
import { help } from '../../i18n/areas/help';
import { formatTimeUs } from '../../i18n/format';
import { useText } from '../../i18n/use-text';
import { Icon } from '../../ui/icons/Icon';
import type { IconName } from '../../ui/icons/icon-shapes';
import { Kbd } from '../../ui/kit/Kbd';
import type { FoundMessage } from '../../worker/protocol';
import styles from './palette.module.css';

export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: IconName | undefined;
  readonly keys?: readonly string[] | undefined;
  /** Other words that find it. */
  readonly also?: readonly string[];
  readonly run: () => void;
}

export interface PaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly commands: readonly PaletteEntry[];
  readonly scenarios: readonly PaletteEntry[];
  readonly nodes: readonly PaletteEntry[];
  readonly find: (text: string) => Promise<readonly FoundMessage[]>;
  readonly onMessage: (message: number) => void;
  /** To a moment of simulated time. */
  readonly onMoment: (timeUs: number) => void;
}

/** From this length on a text is looked for among the messages. */
const FIND_FROM = 2;
const FOUND_SHOWN = 8;

/** Everything that can be done or opened, by typing a part of its name. */
export default function Palette(props: PaletteProps) {
  const { open, onOpenChange, commands, scenarios, nodes, find, onMessage, onMoment } = props;
  const { t } = useText(help);
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly FoundMessage[]>([]);
  useEffect(() => {
    let current = true;
    if (text.trim().length < FIND_FROM) setFound([]);
    else void find(text).then((messages) => current && setFound(messages.slice(0, FOUND_SHOWN)));
    return () => {
      current = false;
    };
  }, [text, find]);

  const momentUs = readMoment(text);
  const leave = (run: () => void) => () => {
    onOpenChange(false);
    setText('');
    run();
  };
  const groups = [
    ['commands', commands],
    ['scenarios', scenarios],
    ['nodes', nodes],
  ] as const;
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label={t('palette')}
      filter={rank}
      overlayClassName={styles.overlay}
      contentClassName={styles.palette}
      loop
    >
      <Command.Input
        className={styles.input}
        placeholder={t('paletteHint')}
        value={text}
        onValueChange={setText}
      />
      <Command.List className={styles.list}>
        <Command.Empty className={styles.none}>{t('nothingFound')}</Command.Empty>
        {momentUs !== undefined && (
          <Command.Item value={MOMENT} className={styles.item} onSelect={leave(() => onMoment(momentUs))}>
            <Icon name="time" size={14} />
            <span>{t('goTo', { time: formatTimeUs(momentUs) })}</span>
          </Command.Item>
        )}
        {groups.map(
          ([name, entries]) =>
            // What is typed as a moment means one, whatever else has the same figures in its name.
            momentUs === undefined &&
            entries.length > 0 && (
              <Command.Group key={name} heading={t(name)} className={styles.group}>
                {entries.map((entry) => (
                  <Command.Item
                    key={entry.id}
                    value={`${name} ${entry.id}`}
                    keywords={[entry.label, ...(entry.also ?? [])]}
                    className={styles.item}
                    onSelect={leave(entry.run)}
                  >
                    {entry.icon ? <Icon name={entry.icon} size={14} /> : <span />}
                    <span>{entry.label}</span>
                    {entry.keys && <Kbd keys={entry.keys} />}
                  </Command.Item>
                ))}
              </Command.Group>
            ),
        )}
        {found.length > 0 && !isMomentAlone(text) && (
          <Command.Group heading={t('messages')} className={styles.group}>
            {found.map(({ message, name, key }) => (
              <Command.Item
                key={message}
                value={`message ${message} ${text}`}
                className={styles.item}
                onSelect={leave(() => onMessage(message))}
              >
                <span />
                <span>{key === '' ? name : t('messageKey', { name, key })}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
      </Command.List>
    </Command.Dialog>
  );
}

const MOMENT = 'moment';
/** The line for a moment stands there only when one is typed, and then it is meant. */
const rank = (value: string, search: string, keywords?: string[]) =>
  value === MOMENT ? 1 : defaultFilter(value, search, keywords);

const UNITS_US: Readonly<Record<string, number>> = {
  ...{ ms: 1_000, 毫秒: 1_000, s: 1_000_000, sec: 1_000_000, 秒: 1_000_000 },
  ...{
    m: 60_000_000,
    min: 60_000_000,
    分: 60_000_000,
    分钟: 60_000_000,
    h: 3_600_000_000,
    小时: 3_600_000_000,
  },
};
const MOMENT_TEXT = new RegExp(
  `^\\s*(?:go to|跳到)?\\s*(\\d+(?:\\.\\d+)?)\\s*(${Object.keys(UNITS_US).join('|')})?\\s*$`,
  'i',
);

/** `71.9`, `71.9 s`, `350 ms`, `6 min`, `go to 5 s`: a moment of the run; undefined for anything else. */
function readMoment(text: string): number | undefined {
  const [, number, unit = 's'] = MOMENT_TEXT.exec(text) ?? [];
  return number === undefined ? undefined : Math.round(Number(number) * (UNITS_US[unit.toLowerCase()] ?? 0));
}

/** With its unit or its verb a moment cannot be a part of a key. */
const isMomentAlone = (text: string) => readMoment(text) !== undefined && /[^\d.\s]/.test(text);
