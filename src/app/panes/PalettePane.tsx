import { useMemo } from 'react';
import { catalog } from '../../content/scenarios/catalog';
import Palette, { type PaletteEntry } from '../../features/help/Palette';
import { compare } from '../../i18n/areas/compare';
import { help } from '../../i18n/areas/help';
import { keys } from '../../i18n/areas/keys';
import { useText } from '../../i18n/use-text';
import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import { act } from '../commands/act';
import { COMMANDS } from '../commands/commands';
import { KEY_ROWS } from '../commands/key-rows';
import { downloadScenario } from '../files';
import { pickMessage } from '../pick';
import { openBuiltIn } from '../routes';
import { changeShell, showInspector, useShell } from '../shell-state';
import { findMessages } from './LogPane';

/** The command palette of the playground. */
export default function PalettePane() {
  const { t, pick } = useText(help);
  const words = useText(keys);
  const versions = useText(compare);
  const open = useShell((shell) => shell.paletteOpen);
  const processes = usePlayground((state) => state.processes);
  const brokerNames = usePlayground(({ view }) => view?.groups.map(({ id }) => id).join(' ') ?? '');

  const commands = useMemo((): readonly PaletteEntry[] => {
    const named = COMMANDS.filter(({ keyOnly }) => !keyOnly).map(({ does, icon, run }) => ({
      id: does,
      label: words.t(does),
      icon,
      keys: KEY_ROWS.find((row) => row.does === does)?.caps[0],
      also: [keys.texts[does].en],
      run,
    }));
    const writing = (['wipeWritePerm', 'addWritePerm'] as const).flatMap((deed) =>
      brokerNames
        .split(' ')
        .filter(Boolean)
        .map((brokerName) => ({
          id: `${deed} ${brokerName}`,
          label: t(deed, { name: brokerName }),
          run: () => act({ do: deed, brokerName }),
        })),
    );
    return [
      ...named,
      ...writing,
      {
        id: 'scenarios',
        label: t('openScenarios'),
        icon: 'list',
        also: ['New cluster', 'DLedger', 'Controller', 'slave acting master', '新建集群'],
        run: () => changeShell({ scenariosOpen: true }),
      },
      { id: 'log', label: t('openLog'), icon: 'list', run: () => changeShell({ lower: 'log' }) },
      { id: 'charts', label: t('openCharts'), run: () => changeShell({ lower: 'charts' }) },
      {
        id: 'compare',
        label: versions.t('title'),
        icon: 'rebalance',
        also: [compare.texts.title.en, '4.9', '5.3'],
        run: () => changeShell({ compareOpen: true }),
      },
      { id: 'share', label: t('shareLink'), icon: 'share', run: () => changeShell({ shareOpen: true }) },
      { id: 'export', label: t('exportFile'), icon: 'download', run: downloadScenario },
      { id: 'settings', label: t('openSettings'), run: () => changeShell({ help: 'settings' }) },
      {
        id: 'glossary',
        label: t('openGlossary'),
        icon: 'lessons',
        run: () => changeShell({ help: 'glossary' }),
      },
    ];
  }, [t, words, versions, brokerNames]);
  const scenarios = useMemo(
    () =>
      catalog.map(({ id, file }): PaletteEntry => {
        const { title } = file as { readonly title: { readonly en: string; readonly zh: string } };
        return { id, label: pick(title), also: [title.en, title.zh], run: () => openBuiltIn(id) };
      }),
    [pick],
  );
  const nodes = useMemo(
    () =>
      Object.keys(processes).map(
        (id): PaletteEntry => ({
          id,
          label: id,
          run: () => {
            engine().selectProcess(id);
            showInspector('node');
          },
        }),
      ),
    [processes],
  );
  return (
    <Palette
      open={open}
      onOpenChange={(next) => changeShell({ paletteOpen: next })}
      commands={commands}
      scenarios={scenarios}
      nodes={nodes}
      find={findMessages}
      onMessage={pickMessage}
      onMoment={(timeUs) => engine().seek({ timeUs })}
    />
  );
}
