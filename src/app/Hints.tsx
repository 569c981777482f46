import { useEffect } from 'react';
import { targetIn } from '../features/controls/model/cluster';
import { Hint } from '../features/help/Hint';
import { type HintName, useHiddenHints } from '../features/help/hidden-hints';
import { errors } from '../i18n/areas/errors';
import { help } from '../i18n/areas/help';
import { useText } from '../i18n/use-text';
import { usePlayground } from '../state/store';
import styles from './panes/panes.module.css';

/** What was followed need not be said again. */
function useFollowed(): void {
  useEffect(() => {
    const { hide } = useHiddenHints.getState();
    return usePlayground.subscribe((now, before) => {
      if (now.run !== before.run) return;
      if (now.actions.length > before.actions.length) hide('kill');
      if (now.nowUs < before.nowUs) hide('back');
      if (now.selectedMessage !== null && before.selectedMessage === null && now.verdict?.acknowledgedLost)
        hide('why');
    });
  }, []);
}

/** One hint at a time, about what can be done next; each is gone for good once it is hidden or followed. */
export function Hints() {
  const { t } = useText(help);
  const words = useText(errors);
  useFollowed();
  const { hidden, hide } = useHiddenHints();
  const target = usePlayground(({ view, selectedProcess }) =>
    view === null ? undefined : targetIn(view, selectedProcess)?.label,
  );
  const acted = usePlayground((state) => state.actions.length > 0);
  const lost = usePlayground((state) => (state.verdict?.acknowledgedLost ?? 0) > 0);
  const picked = usePlayground((state) => state.selectedMessage !== null);
  const singleKeys = usePlayground((state) => state.settings.singleKeys);
  const applies: readonly (readonly [HintName, boolean])[] = [
    ['kill', singleKeys && !acted && target !== undefined],
    ['why', singleKeys && lost && !picked],
    ['back', acted],
  ];
  const name = applies.find(([hint, now]) => now && !hidden.includes(hint))?.[0];
  if (name === undefined) return null;
  return (
    <div className={styles.hints}>
      <Hint onHide={() => hide(name)}>
        {name === 'kill'
          ? words.t('firstVisit', { node: target ?? '' })
          : t(name === 'why' ? 'hintWhy' : 'hintBack')}
      </Hint>
    </div>
  );
}
