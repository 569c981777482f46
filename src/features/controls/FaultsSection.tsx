import { useState } from 'react';
import type { Pair } from '../../engine/scenario/types';
import { formatDurationUs } from '../../ui/format/number';
import { Icon } from '../../ui/icons/Icon';
import type { IconName } from '../../ui/icons/icon-shapes';
import { Button } from '../../ui/kit/Button';
import { Menu } from '../../ui/kit/Menu';
import { Section } from '../../ui/kit/Section';
import { Select } from '../../ui/kit/Select';
import { Tooltip } from '../../ui/kit/Tooltip';
import type { ActionRequest } from '../../worker/protocol';
import { useCalls } from './calls';
import styles from './controls.module.css';
import type { ControlsData } from './data';
import { backlogOf } from './model/backlog';
import { labelIn, linkIn, type Named, peersOf, targetIn } from './model/cluster';
import {
  dropNext,
  FREEZE_SECONDS,
  freeze,
  kill,
  onLink,
  onProcess,
  ordinaryLink,
  ordinaryPart,
  SLOW_FSYNC_MS,
  SLOW_LATENCY_MS,
  slowDisk,
  slowLink,
} from './model/requests';
import { type T, useT, useTerms } from './texts';

interface Tile {
  readonly id: string;
  readonly icon: IconName;
  readonly text: string;
  readonly hint: string;
  /** In force: pressing it again undoes it. */
  readonly on: boolean;
  readonly disabled: boolean;
  readonly request: ActionRequest;
}

/** What may befall the selected process or link. */
export function FaultsSection({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const terms = useTerms();
  const { act } = useCalls();
  const [peer, setPeer] = useState<string | null>(null);
  const { view, link } = data;
  const target = targetIn(view, link === null ? data.process : link[0]);
  if (target === undefined) return null;

  const peers = peersOf(view, target);
  const chosen = peers.find(({ process }) => process.id === peer) ?? peers[0];
  const between: Pair | null = link ?? (chosen === undefined ? null : [target.process.id, chosen.process.id]);
  const aside =
    link === null
      ? t('target', { name: target.label })
      : t('targetLink', { from: labelIn(view, link[0]), to: labelIn(view, link[1]) });
  const tiles = [
    ...(link === null ? processTiles(data, target, t, terms('killProcess')) : []),
    ...(between === null ? [] : linkTiles(data, between, t)),
  ];
  return (
    <Section title={t('faults')} aside={aside}>
      <div className={styles.tiles}>
        {tiles.map(({ id, icon, text, hint, on, disabled, request }) => (
          <Tooltip key={id} content={on ? t('hintUndo') : hint}>
            <Button icon={icon} size="tile" pressed={on} disabled={disabled} onClick={() => act(request)}>
              {text}
            </Button>
          </Tooltip>
        ))}
      </div>
      {link === null && chosen && (
        <div className={styles.linkTo}>
          <span>{t('linkTo')}</span>
          <Select
            label={t('linkTo')}
            options={peers.map(({ process, label }) => ({ value: process.id, label }))}
            value={chosen.process.id}
            onChange={setPeer}
            size="dense"
            className={styles.fill}
          />
        </div>
      )}
      <Backlog data={data} />
    </Section>
  );
}

function processTiles(
  { settings, scenario }: ControlsData,
  { process, role }: Named,
  t: T,
  killHint: string,
): readonly Tile[] {
  const { id, state, failure } = process;
  const down = state === 'down';
  const death = (
    cause: 'power' | 'process' | 'disk',
    icon: IconName,
    text: string,
    hint: string,
    disabled = false,
  ): Tile => {
    const on = down && failure === cause;
    const request = on ? onProcess('restart', id) : kill(id, cause);
    return { id: cause, icon, text, hint, on, disabled: disabled || (down && !on), request };
  };
  const slow = settings.slowed.some(({ part, target }) => part === 'disk' && target === id);
  const off = down && failure === 'shutdown';
  const count = scenario.controllers.length;
  const majority = Math.floor(count / 2) + 1;
  return [
    death('power', 'power', t('powerLoss'), t('hintPower')),
    death('process', 'kill', t('killProcess'), killHint),
    {
      id: 'freeze',
      icon: 'stall',
      text: t('pauseFor', { time: `${FREEZE_SECONDS} s` }),
      hint: t('hintFreeze'),
      on: state === 'frozen',
      disabled: down || state === 'frozen',
      request: freeze(id),
    },
    {
      id: 'slow-disk',
      icon: 'disk',
      text: t('slowDisk'),
      hint: t('hintSlowDisk', { time: formatDurationUs(SLOW_FSYNC_MS * 1_000) }),
      on: slow,
      disabled: role !== 'broker',
      request: slow ? ordinaryPart('disk', id) : slowDisk(id),
    },
    death('disk', 'disk', t('loseDisk'), t('hintDisk'), role !== 'broker'),
    {
      id: 'remove',
      icon: 'none',
      text: t('shutDown'),
      hint: role === 'controller' ? t('hintShutDownController', { count, majority }) : t('hintShutDown'),
      on: off,
      disabled: down && !off,
      request: onProcess(off ? 'restart' : 'remove', id),
    },
  ];
}

function linkTiles({ view, scenario }: ControlsData, between: Pair, t: T): readonly Tile[] {
  const link = linkIn(view, between);
  const [from, to] = between;
  const own = scenario.environment.links.find(
    (each) => each.between.includes(from) && each.between.includes(to),
  );
  const slow = link !== undefined && link.latencyUs !== (own ?? scenario.environment.network).latencyUs;
  const cut = link?.cut ?? false;
  return [
    {
      id: 'cut',
      icon: 'link-cut',
      text: t('cutLink'),
      hint: t('hintCut'),
      on: cut,
      disabled: false,
      request: onLink(cut ? 'heal' : 'cut', between),
    },
    {
      id: 'slow-link',
      icon: 'link-slow',
      text: t('slowLink'),
      hint: t('hintSlowLink', { time: formatDurationUs(SLOW_LATENCY_MS * 1_000) }),
      on: slow,
      disabled: false,
      request: slow ? ordinaryLink(between) : slowLink(between, SLOW_LATENCY_MS),
    },
    {
      id: 'drop',
      icon: 'close',
      text: t('dropNext'),
      hint: t('hintDrop', { from, to }),
      on: false,
      disabled: false,
      request: dropNext(between),
    },
  ];
}

function Backlog({ data }: { readonly data: ControlsData }) {
  const t = useT();
  const { act } = useCalls();
  const [first, ...others] = backlogOf(data.view, data.process);
  if (first === undefined) return null;
  const textOf = (way: typeof first) => {
    if (way.kind === 'burst') return t('backlogBurst', { count: way.messages, name: way.by });
    return way.kind === 'slow' ? t('backlogSlow', { time: way.time }) : t('backlogPause');
  };
  return (
    <div className={styles.backlog}>
      <Button icon="backlog" title={textOf(first)} onClick={() => act(...first.requests)}>
        {t('triggerBacklog')}
      </Button>
      <Menu
        label={t('backlogChoices')}
        align="end"
        entries={[first, ...others].map((way) => ({
          id: way.kind,
          label: textOf(way),
          onSelect: () => act(...way.requests),
        }))}
      >
        <Button aria-label={t('backlogChoices')}>
          <Icon name="down" size={14} />
        </Button>
      </Menu>
    </div>
  );
}
