import { lazy, Suspense } from 'react';
import { catalog } from '../../content/scenarios/catalog';
import { ScenarioHead } from '../../features/scenarios/ScenarioHead';
import { usePlayground } from '../../state/store';
import { act } from '../commands/act';
import { firstPicture } from '../first-picture';
import { changeShell, useShell } from '../shell-state';
import styles from './panes.module.css';

const controlsCode = firstPicture.then(() => import('../../features/controls/Controls'));
const Controls = lazy(async () => ({ default: (await controlsCode).Controls }));

/** What runs, and everything that can be done to it. */
export function LeftPane() {
  return (
    <div className={styles.left}>
      <ScenarioPane />
      <div className={styles.scroll}>
        <Suspense>
          <Controls />
        </Suspense>
      </div>
    </div>
  );
}

export function ScenarioPane() {
  const title = usePlayground((state) => state.scenario?.title);
  const builtIn = usePlayground((state) => state.builtIn);
  const actions = usePlayground((state) => state.actions.length);
  const firstDone = useShell((shell) => shell.firstDone);
  const at = catalog.findIndex(({ id }) => id === builtIn);
  const first = catalog[at]?.first;
  const hide = () => changeShell({ firstDone: true });
  return (
    <ScenarioHead
      title={title}
      preset={at < 0 ? null : at + 1}
      actions={actions}
      first={
        first && !firstDone && actions === 0
          ? {
              text: first.text,
              run: () => {
                act(first.action as Parameters<typeof act>[0]);
                hide();
              },
              hide,
            }
          : null
      }
      onChoose={() => changeShell({ scenariosOpen: true })}
    />
  );
}
