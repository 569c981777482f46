import type { ClusterView, ProcessView } from '../../engine/view';
import type { graphMenu } from '../../i18n/areas/graph-menu';
import type { Translate } from '../../i18n/use-text';
import { formatDurationUs } from '../../ui/format/number';
import type { MenuEntry } from '../../ui/kit/Menu';
import { FREEZE_SECONDS, freeze, ordinarySpeed, SLOW_LATENCY_MS, slowLink } from './commands';
import { linkState, processIn } from './edges/edge-state';
import type { GraphCalls } from './graph-calls';
import { labelOf } from './names';
import type { Route } from './route-types';

type T = Translate<typeof graphMenu.texts>;

export type Link = readonly [from: string, to: string];

export interface MenuContext {
  readonly view: ClusterView;
  readonly routes: readonly Route[];
  readonly t: T;
  readonly calls: GraphCalls;
}

const FREEZE = formatDurationUs(FREEZE_SECONDS * 1_000_000);
const SLOW = formatDurationUs(SLOW_LATENCY_MS * 1_000);

/** What can be done to a process, and to its links: the way there for those who do not point. */
export function processMenu(context: MenuContext, id: string): readonly MenuEntry[] {
  const { view, t, calls } = context;
  const process = processIn(view, id);
  if (!process) return [];
  const links = linksOf(context.routes, id);
  return [
    { heading: labelOf(view, id) },
    { id: 'inspect', label: t('openInspector'), hint: 'Enter', onSelect: () => calls.onInspect(id) },
    'separator',
    ...faults(process, context),
    ...electEntries(context, id),
    ...writeEntries(context, id),
    ...(links.length === 0 ? [] : (['separator', { heading: t('links') }] as const)),
    ...links.flatMap((link) => linkEntries(context, link, labelOf(view, link[0] === id ? link[1] : link[0]))),
  ];
}

/** What can be done to links; several when a line is shared. */
export function linkMenu(context: MenuContext, links: readonly Link[]): readonly MenuEntry[] {
  const { view } = context;
  return links.flatMap((link) => [
    { heading: context.t('linkMenu', { from: labelOf(view, link[0]), to: labelOf(view, link[1]) }) },
    ...linkEntries(context, link, null),
  ]);
}

/** Every link of a process that the graph knows a way for. */
function linksOf(routes: readonly Route[], process: string): readonly Link[] {
  const peers = routes
    .filter(({ id, from, to }) => !id.startsWith('quiet:') && (from === process || to === process))
    .map(({ from, to }) => (from === process ? to : from));
  return [...new Set(peers)].map((peer) => [process, peer]);
}

function faults(process: ProcessView, { view, t, calls: { onCommand } }: MenuContext): MenuEntry[] {
  const { id: target } = process;
  if (process.state === 'down') {
    return [
      {
        id: 'restart',
        label: t('restart'),
        icon: 'retry',
        hint: 'R',
        onSelect: () => onCommand({ do: 'restart', target }),
      },
    ];
  }
  const stores = view.groups.some(({ replicas }) => replicas.some(({ id }) => id === target));
  return [
    {
      id: 'power',
      label: t('powerLoss'),
      icon: 'power',
      hint: 'K',
      onSelect: () => onCommand({ do: 'kill', target, failure: 'power' }),
    },
    {
      id: 'process',
      label: t('killProcess'),
      icon: 'kill',
      hint: 'Shift K',
      onSelect: () => onCommand({ do: 'kill', target, failure: 'process' }),
    },
    ...(stores
      ? [
          {
            id: 'disk',
            label: t('loseDisk'),
            icon: 'disk' as const,
            onSelect: () => onCommand({ do: 'kill', target, failure: 'disk' }),
          },
        ]
      : []),
    {
      id: 'freeze',
      label: t('freeze', { time: FREEZE }),
      icon: 'stall',
      onSelect: () => onCommand(freeze(target)),
    },
    ...pauseEntries(view, target, t, onCommand),
    {
      id: 'remove',
      label: t('shutDown'),
      icon: 'none',
      onSelect: () => onCommand({ do: 'remove', target }),
    },
  ];
}

/** A replica of an elected group that does not lead it can be made its master. */
function electEntries({ view, t, calls: { onCommand } }: MenuContext, target: string): MenuEntry[] {
  const replica = view.groups.flatMap(({ replicas }) => replicas).find(({ id }) => id === target);
  if (replica?.elected === undefined || replica.role === 'leader') return [];
  return [
    'separator',
    {
      id: 'elect',
      label: t('electMaster'),
      hint: 'electMaster',
      onSelect: () => onCommand({ do: 'electMaster', target }),
    },
  ];
}

/** What an administrator tells the name servers about a broker's queues. */
function writeEntries({ view, t, calls: { onCommand } }: MenuContext, id: string): MenuEntry[] {
  const group = view.groups.find(({ replicas }) => replicas.some((replica) => replica.id === id));
  if (!group) return [];
  const brokerName = group.id;
  return [
    'separator',
    {
      id: 'wipe',
      label: t('wipeWritePerm', { name: brokerName }),
      hint: 'wipeWritePerm',
      onSelect: () => onCommand({ do: 'wipeWritePerm', brokerName }),
    },
    {
      id: 'add-write',
      label: t('addWritePerm', { name: brokerName }),
      hint: 'addWritePerm',
      onSelect: () => onCommand({ do: 'addWritePerm', brokerName }),
    },
  ];
}

/** Clients can be told to stop and to go on. */
function pauseEntries(
  view: ClusterView,
  target: string,
  t: T,
  onCommand: GraphCalls['onCommand'],
): MenuEntry[] {
  const producer = view.clients.find(({ id }) => id === target);
  const consumer = view.consumerGroups.flatMap(({ consumers }) => consumers).find(({ id }) => id === target);
  const client = producer ?? consumer;
  if (!client) return [];
  const label = producer
    ? t(client.paused ? 'resumeSending' : 'stopSending')
    : t(client.paused ? 'resumeConsuming' : 'stopConsuming');
  const deed = client.paused ? 'resume' : 'pause';
  return [
    {
      id: deed,
      label,
      icon: client.paused ? 'play' : 'pause',
      onSelect: () => onCommand({ do: deed, target }),
    },
  ];
}

function linkEntries(context: MenuContext, link: Link, name: string | null): MenuEntry[] {
  const { view, t, calls } = context;
  const { cut, slowUs } = linkState(view, link[0], link[1]);
  const between = [...link] as const;
  const id = link.join('|');
  return [
    {
      id: `cut ${id}`,
      label: name ? t(cut ? 'healLinkTo' : 'cutLinkTo', { name }) : t(cut ? 'healLink' : 'cutLink'),
      icon: 'link-cut',
      ...(name === null && { hint: 'X' }),
      onSelect: () => calls.onCommand({ do: cut ? 'heal' : 'cut', between }),
    },
    slowUs > 0
      ? {
          id: `speed ${id}`,
          label: name ? t('ordinarySpeedTo', { name }) : t('ordinarySpeed'),
          icon: 'link-slow',
          onSelect: () => calls.onCommand(ordinarySpeed(between)),
        }
      : {
          id: `slow ${id}`,
          label: name ? t('slowLinkTo', { name, latency: SLOW }) : t('slowLink', { latency: SLOW }),
          icon: 'link-slow',
          disabled: cut,
          onSelect: () => calls.onCommand(slowLink(between)),
        },
  ];
}
