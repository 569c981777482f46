import { lazy, Suspense, useEffect } from 'react';
import { app } from '../i18n/areas/app';
import { useText } from '../i18n/use-text';
import { type Playground, usePlayground } from '../state/store';
import { Announcer } from './Announcer';
import { Inspector, late } from './late';
import { GraphPane } from './panes/GraphPane';
import styles from './shell.module.css';
import { changeShell, useShell } from './shell-state';
import { type Layout, useIsLow, useLayout } from './use-layout';

const PalettePane = lazy(() => import('./panes/PalettePane'));
const HelpPane = lazy(() => import('./panes/HelpPane'));
const ScenariosPane = lazy(() => import('./panes/ScenariosPane'));
const ComparePane = lazy(() => import('./panes/ComparePane'));

const Keys = late('Keys');
const TopBar = late('TopBar');
const LeftPane = late('LeftPane');
const ScenarioPane = late('ScenarioPane');
const Rail = late('Rail');
const Drawer = late('Drawer');
const ChartsPane = late('ChartsPane');
const VerdictsPane = late('VerdictsPane');
const TransportPane = late('TransportPane');

const SMALL_CHART_PX = 74;
const TALL_CHART_PX = 114;

/** The playground: one screen, as much of it as there is room for. */
export function Shell() {
  const layout = useLayout();
  const low = useIsLow();
  const folded = low || layout === 'phone';
  return (
    <div className={styles.shell} data-layout={layout} data-low={low || undefined}>
      <SkipLink />
      <Suspense>
        <Keys />
        <TopBar layout={layout} />
      </Suspense>
      <LeftSide layout={layout} />
      <GraphPane phone={layout === 'phone'} />
      <RightSide layout={layout} />
      <div className={styles.dock} data-folded={folded || undefined}>
        <Suspense>
          <VerdictsPane row={folded} />
          {!folded && (
            <ChartsPane
              pairs={layout === 'inspector-drawer' || layout === 'drawers'}
              heightPx={layout === 'wide' ? TALL_CHART_PX : SMALL_CHART_PX}
            />
          )}
        </Suspense>
      </div>
      <div className={styles.transport}>
        <Suspense>
          <TransportPane />
        </Suspense>
      </div>
      <Announcer />
      <Overlays />
    </div>
  );
}

/** The first stop of the keyboard: past the bar and the controls. */
function SkipLink() {
  const { t } = useText(app);
  return (
    <button type="button" className={styles.skip} onClick={() => document.querySelector('main')?.focus()}>
      {t('skip')}
    </button>
  );
}

function LeftSide({ layout }: { readonly layout: Layout }) {
  const { t } = useText(app);
  const open = useShell((shell) => shell.controlsOpen);
  if (layout === 'phone') {
    return (
      <div className={styles.presets}>
        <Suspense>
          <ScenarioPane />
        </Suspense>
      </div>
    );
  }
  if (layout === 'full' || layout === 'wide') {
    return (
      <aside className={styles.left} aria-label={t('controls')}>
        <Suspense>
          <LeftPane />
        </Suspense>
      </aside>
    );
  }
  return (
    <Suspense>
      {layout !== 'drawers' && (
        <aside className={styles.left} aria-label={t('controls')}>
          <Rail inspector={layout === 'inspector-drawer'} />
        </aside>
      )}
      <Drawer
        open={open}
        onOpenChange={(next) => changeShell({ controlsOpen: next })}
        title={t('controls')}
        side="left"
      >
        <LeftPane />
      </Drawer>
    </Suspense>
  );
}

/** A process that is selected is shown, also where a message was. */
function showSelected(now: Playground, before: Playground): void {
  const { inspectorTab } = useShell.getState();
  if (now.selectedProcess === null || now.selectedProcess === before.selectedProcess) return;
  if (inspectorTab === 'why' || inspectorTab === 'message') changeShell({ inspectorTab: 'node' });
}

function RightSide({ layout }: { readonly layout: Layout }) {
  const { t } = useText(app);
  const tab = useShell((shell) => shell.inspectorTab);
  const entry = useShell((shell) => shell.whyEntry);
  const open = useShell((shell) => shell.inspectorOpen);
  useEffect(() => usePlayground.subscribe(showSelected), []);
  const inspector = (
    <Suspense>
      <Inspector
        tab={tab}
        onTab={(inspectorTab) => changeShell({ inspectorTab })}
        entry={entry}
        onWhy={(whyEntry) => changeShell({ whyEntry })}
        onChooseScenario={() => changeShell({ scenariosOpen: true })}
      />
    </Suspense>
  );
  if (layout === 'full' || layout === 'wide' || layout === 'rail') {
    return (
      <aside className={styles.inspector} aria-label={t('inspector')}>
        {inspector}
      </aside>
    );
  }
  return (
    <Suspense>
      <Drawer
        open={open}
        onOpenChange={(next) => changeShell({ inspectorOpen: next })}
        title={t('inspector')}
        side="right"
      >
        {inspector}
      </Drawer>
    </Suspense>
  );
}

/** What is fetched when it is opened for the first time, and stays from then on. */
function Overlays() {
  const palette = useShell((shell) => shell.paletteOpen);
  const help = useShell((shell) => shell.help !== null);
  const scenarios = useShell((shell) => shell.scenariosOpen);
  const compare = useShell((shell) => shell.compareOpen);
  return (
    <Suspense>
      {palette && <PalettePane />}
      {help && <HelpPane />}
      {scenarios && <ScenariosPane />}
      {compare && <ComparePane />}
    </Suspense>
  );
}
