import { app } from '../i18n/areas/app';
import { useText } from '../i18n/use-text';
import { IconButton } from '../ui/kit/IconButton';
import styles from './shell.module.css';
import { changeShell } from './shell-state';

/** Opens the panels that are folded away: always the controls, and the inspector where it is folded too. */
export function Rail({ inspector, row = false }: { readonly inspector: boolean; readonly row?: boolean }) {
  const { t } = useText(app);
  return (
    <div className={row ? styles.railRow : styles.rail}>
      <IconButton
        icon="config"
        label={t('openControls')}
        onClick={() => changeShell({ controlsOpen: true })}
      />
      {inspector && (
        <IconButton
          icon="view"
          label={t('openInspector')}
          onClick={() => changeShell({ inspectorOpen: true })}
        />
      )}
    </div>
  );
}
