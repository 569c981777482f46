import { common } from '../../i18n/areas/common';
import { log } from '../../i18n/areas/log';
import { transport } from '../../i18n/areas/transport';
import { useText } from '../../i18n/use-text';
import { Icon } from '../../ui/icons/Icon';
import { Button } from '../../ui/kit/Button';
import { IconButton } from '../../ui/kit/IconButton';
import type { TransportCalls } from './calls';
import styles from './transport.module.css';

export interface ControlsProps {
  readonly playing: boolean;
  readonly disabled: boolean;
  readonly calls: TransportCalls;
}

/** The buttons that move the playhead. */
export function Controls({ playing, disabled, calls }: ControlsProps) {
  const { t } = useText(common);
  const move = { size: 'transport', disabled } as const;
  return (
    <div className={styles.buttons}>
      <IconButton
        {...move}
        className={styles.fine}
        icon="start"
        label={t('toStart')}
        shortcut={['Home']}
        onClick={calls.toStart}
      />
      <IconButton
        {...move}
        icon="beat-back"
        label={t('previousBeat')}
        shortcut={['Shift', '←']}
        onClick={() => calls.step('beat', -1)}
      />
      <IconButton
        {...move}
        className={styles.fine}
        icon="step-back"
        label={t('stepBack')}
        shortcut={['←']}
        onClick={() => calls.step('event', -1)}
      />
      <Button
        variant="primary"
        size="transport"
        className={styles.play}
        disabled={disabled}
        aria-label={t(playing ? 'pause' : 'play')}
        title={`${t(playing ? 'pause' : 'play')} (Space)`}
        onClick={playing ? calls.pause : calls.play}
      >
        <Icon name={playing ? 'pause' : 'play'} size={16} />
      </Button>
      <IconButton
        {...move}
        className={styles.fine}
        icon="step"
        label={t('stepForward')}
        shortcut={['→']}
        onClick={() => calls.step('event', 1)}
      />
      <IconButton
        {...move}
        icon="beat"
        label={t('nextBeat')}
        shortcut={['Shift', '→']}
        onClick={() => calls.step('beat', 1)}
      />
    </div>
  );
}

export interface HistoryProps {
  readonly undo: number;
  readonly redo: number;
  readonly calls: TransportCalls;
}

/** The list of what happened; takes actions of the run back, and brings them back. */
export function History({ undo, redo, calls }: HistoryProps) {
  const { t } = useText(transport);
  const words = useText(log);
  return (
    <div className={styles.history}>
      <IconButton icon="list" variant="quiet" label={words.t('open')} onClick={calls.openLog} />
      <IconButton
        icon="undo"
        variant="quiet"
        label={undo > 0 ? t('undoAction', { count: undo }) : t('nothingToUndo')}
        shortcut={['Ctrl', 'Z']}
        disabled={undo === 0}
        onClick={calls.undo}
      />
      <IconButton
        icon="redo"
        variant="quiet"
        label={redo > 0 ? t('redoAction', { count: redo }) : t('nothingToRedo')}
        shortcut={['Ctrl', 'Shift', 'Z']}
        disabled={redo === 0}
        onClick={calls.redo}
      />
    </div>
  );
}
