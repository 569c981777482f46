import type { Pair, Scenario } from '../../../engine/scenario/types';
import type { ClusterView, ProcessView } from '../../../engine/view';
import type { IconName } from '../../../ui/icons/icon-shapes';
import type { ActionRequest, Mark } from '../../../worker/protocol';
import { labelIn, namedIn, processesOf } from './cluster';
import { onLink, onProcess, ordinaryLink, ordinaryPart, setWorkload } from './requests';
import { linkName, type Settings } from './settings';

type InForceText =
  | 'downPower'
  | 'downProcess'
  | 'downDisk'
  | 'downShutdown'
  | 'downNever'
  | 'frozen'
  | 'linkCut'
  | 'linkSlow'
  | 'haCut'
  | 'haSlow'
  | 'diskSlow'
  | 'cpuSlow'
  | 'networkSlow'
  | 'handlerSlow'
  | 'failing'
  | 'poisoned'
  | 'paused';

/** Something that is not as the scenario has it, and what undoes it. */
export interface InForce {
  readonly id: string;
  readonly icon: IconName;
  readonly text: InForceText;
  /** Whose; several when the same holds for them. */
  readonly names: readonly string[];
  /** The other end of a link; undefined for the replication link of a group. */
  readonly other?: string;
  /** How slow it is: a time, or how many times. */
  readonly valueUs?: number;
  readonly factor?: number;
  /** Of the deliveries, those that fail. */
  readonly percent?: number;
  /** Keys whose messages fail each time. */
  readonly keys?: string;
  /** Null where the run does not say. */
  readonly sinceUs: number | null;
  /** Undefined for what ends by itself. */
  readonly undo?: {
    readonly verb: 'restart' | 'heal' | 'resume';
    readonly requests: readonly ActionRequest[];
  };
}

/** What is down, cut, slow, frozen or paused now: faults first, in the order of the picture. */
export function inForce(
  view: ClusterView,
  scenario: Scenario,
  settings: Settings,
  marks: readonly Mark[],
): readonly InForce[] {
  return merged([
    ...processesOf(view).flatMap(({ process, label }) => ofProcess(process, label)),
    ...ofLinks(view, scenario, settings, marks),
    ...ofParts(view, settings),
    ...ofWork(view, settings),
  ]);
}

const ONE_LINE: readonly InForceText[] = ['handlerSlow', 'failing', 'poisoned', 'paused'];

/** The same of several clients since the same moment is one thing. */
function merged(all: readonly InForce[]): readonly InForce[] {
  const kept: InForce[] = [];
  for (const each of all) {
    const at = kept.findIndex(
      (other) =>
        ONE_LINE.includes(each.text) &&
        other.text === each.text &&
        other.valueUs === each.valueUs &&
        other.percent === each.percent &&
        other.keys === each.keys &&
        other.sinceUs === each.sinceUs,
    );
    const like = kept[at];
    if (like?.undo === undefined || each.undo === undefined) kept.push(each);
    else {
      const requests = [...like.undo.requests, ...each.undo.requests];
      kept[at] = { ...like, names: [...like.names, ...each.names], undo: { ...like.undo, requests } };
    }
  }
  return kept;
}

const DOWN = {
  power: ['downPower', 'power'],
  process: ['downProcess', 'kill'],
  disk: ['downDisk', 'disk'],
  shutdown: ['downShutdown', 'none'],
} as const;

function ofProcess(process: ProcessView, name: string): readonly InForce[] {
  const { id, sinceUs } = process;
  if (process.state === 'frozen')
    return [{ id: `frozen ${id}`, icon: 'stall', text: 'frozen', names: [name], sinceUs }];
  if (process.state !== 'down') return [];
  const [text, icon] =
    process.failure === undefined ? (['downNever', 'none'] as const) : DOWN[process.failure];
  const undo = { verb: 'restart', requests: [onProcess('restart', id)] } as const;
  return [{ id: `down ${id}`, icon, text, names: [name], sinceUs, undo }];
}

function ofLinks(
  view: ClusterView,
  { environment }: Scenario,
  settings: Settings,
  marks: readonly Mark[],
): readonly InForce[] {
  const ordinaryUs = new Map(environment.links.map((link) => [linkName(link.between), link.latencyUs]));
  return view.links.flatMap((link): InForce[] => {
    const key = linkName(link.between);
    const slow = link.latencyUs !== (ordinaryUs.get(key) ?? environment.network.latencyUs);
    if (!link.cut && !slow) return [];
    const [one, other] = link.between;
    const group = view.groups.find(({ replicas }) =>
      link.between.every((end) => replicas.some(({ id }) => id === end)),
    );
    const ends = group ? { names: [group.id] } : { names: [labelIn(view, one)], other: labelIn(view, other) };
    const common = {
      id: `link ${key}`,
      ...ends,
      sinceUs:
        settings.links.get(key) ?? markedUs(view, marks, link.between, link.cut ? 'link.cut' : 'link.slowed'),
    };
    if (link.cut) {
      const undo = { verb: 'heal', requests: [onLink('heal', link.between)] } as const;
      return [{ ...common, icon: 'link-cut', text: group ? 'haCut' : 'linkCut', undo }];
    }
    const undo = { verb: 'heal', requests: [ordinaryLink(link.between)] } as const;
    return [
      { ...common, icon: 'link-slow', text: group ? 'haSlow' : 'linkSlow', valueUs: link.latencyUs, undo },
    ];
  });
}

/** An action between two events of one time has no time of its own; the timeline tells it. */
function markedUs(
  view: ClusterView,
  marks: readonly Mark[],
  [one, other]: Pair,
  type: string,
): number | null {
  const ends = [one, other].map((id) => namedIn(view, id)?.process.node);
  const mark = marks.findLast(
    ({ type: of, node, timeUs }) => of === type && timeUs <= view.nowUs && ends.includes(node),
  );
  return mark?.untilUs ?? null;
}

const PARTS = {
  disk: ['diskSlow', 'disk'],
  cpu: ['cpuSlow', 'stall'],
  network: ['networkSlow', 'link-slow'],
} as const;

function ofParts(view: ClusterView, { slowed }: Settings): readonly InForce[] {
  return slowed.map(({ part, target, factor, valueUs, sinceUs }) => {
    const [text, icon] = PARTS[part];
    const undo = { verb: 'heal', requests: [ordinaryPart(part, target)] } as const;
    const measure = valueUs === null ? { factor: factor ?? 1 } : { valueUs };
    return { id: `${part} ${target}`, icon, text, names: [labelIn(view, target)], sinceUs, undo, ...measure };
  });
}

function ofWork(view: ClusterView, { processes, first, workSince }: Settings): readonly InForce[] {
  const clients = [...view.clients, ...view.consumerGroups.flatMap(({ consumers }) => consumers)];
  return clients.flatMap((client): InForce[] => {
    const common = { names: [labelIn(view, client.id)], sinceUs: workSince.get(client.id) ?? null };
    const found: InForce[] = [];
    if (client.paused) {
      const undo = { verb: 'resume', requests: [onProcess('resume', client.id)] } as const;
      found.push({ ...common, id: `paused ${client.id}`, icon: 'stall', text: 'paused', undo });
    }
    const now = processes.get(client.id);
    const before = first.get(client.id);
    if (now?.role !== 'consumer' || before?.role !== 'consumer') return found;
    const undo = (workload: Parameters<typeof setWorkload>[1]) =>
      ({ verb: 'heal', requests: [setWorkload(client.id, workload)] }) as const;
    const { processingUs, failureRate, poisonKeys } = now.spec;
    if (processingUs > before.spec.processingUs) {
      const ms = before.spec.processingUs / 1_000;
      const id = `handler ${client.id}`;
      const what = { id, icon: 'backlog', text: 'handlerSlow', valueUs: processingUs } as const;
      found.push({ ...common, ...what, undo: undo({ processingMs: ms }) });
    }
    const [of, all] = failureRate;
    const [ofBefore, allBefore] = before.spec.failureRate;
    if (of * allBefore > ofBefore * all) {
      const what = {
        id: `failing ${client.id}`,
        icon: 'retry',
        text: 'failing',
        percent: (100 * of) / all,
      } as const;
      found.push({ ...common, ...what, undo: undo({ failureRate: before.spec.failureRate }) });
    }
    const keys = poisonKeys.filter((key) => !before.spec.poisonKeys.includes(key)).join(', ');
    if (keys !== '') {
      const what = { id: `poisoned ${client.id}`, icon: 'retry', text: 'poisoned', keys } as const;
      found.push({ ...common, ...what, undo: undo({ poisonKeys: before.spec.poisonKeys }) });
    }
    return found;
  });
}
