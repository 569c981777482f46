import type { ClusterView, FlightGlyph, ProcessView } from '../../src/engine/view';
import { clusterOf } from '../../src/features/canvas/fixture';
import { FLIGHT_GLYPHS, publishMoving } from '../../src/state/motion';
import { reconcile } from '../../src/state/reconcile';
import { usePlayground } from '../../src/state/store';
import type { Motion } from '../../src/worker/protocol';

const DOTS = 2_000;
const TRAVEL_MS = 1_500;

/** A large cluster at work, without an engine. */
export interface Stage {
  /** Glyphs on the wire. */
  readonly dots: number;
  /** Gives the cards numbers that grew, as a frame with a view does. */
  show(beat: number): void;
  /** Publishes where the glyphs are, or that none are there, as every frame does. */
  move(nowMs: number, travelling: boolean): void;
}

/** How much of its way the glyph has gone. */
export const shareAt = (glyph: number, nowMs: number): number => (nowMs / TRAVEL_MS + glyph * 0.618034) % 1;

/** 40 processes: 3 registries, 4 pairs of brokers, 14 producers, 15 consumers. */
export function fullStage(): Stage {
  const view = clusterOf({ registries: 3, groups: 4, followers: 1, queues: 8, clients: 14, consumers: [15] });
  const ways = waysOf(view);
  const motion = motionOf(ways);
  const nothing: Motion = { ...motion, count: 0 };
  return {
    dots: motion.count,
    show(beat) {
      const { view: shown, processes } = usePlayground.getState();
      const next = grown(view, beat);
      usePlayground.setState({
        view: reconcile(shown, next),
        processes: reconcile(processes, Object.fromEntries(processesOf(next).map((one) => [one.id, one]))),
        nowUs: next.nowUs,
        playing: true,
      });
    },
    move(nowMs, travelling) {
      const nowUs = 1e6 + Math.round(nowMs * 1_000);
      const spanUs = TRAVEL_MS * 1_000;
      for (let i = 0; travelling && i < motion.count; i++) {
        const sentUs = nowUs - shareAt(i, nowMs) * spanUs;
        motion.sentUs[i] = sentUs;
        motion.arriveUs[i] = sentUs + spanUs;
      }
      publishMoving({
        nowUs,
        step: 0,
        playing: true,
        pacing: 'clock',
        rateReached: 1,
        followed: null,
        followedKey: null,
        story: null,
        motion: travelling ? motion : nothing,
      });
    },
  };
}

type Way = readonly [from: number, to: number, glyph: FlightGlyph];

/** What goes where in a healthy cluster: sends and their answers, copies, deliveries. */
function waysOf({ clients, groups, consumerGroups }: ClusterView): readonly Way[] {
  const replicas = groups.flatMap((group) => group.replicas);
  const numbers = new Map(replicas.map(({ id, node }) => [id, node]));
  const nodeOf = (id: string) => numbers.get(id) as number;
  const sends = clients.flatMap((client) =>
    'targets' in client ? client.targets.map((target) => [client.node, nodeOf(target)] as const) : [],
  );
  const copies = groups.map(({ id }) => [nodeOf(`${id}:0`), nodeOf(`${id}:1`)] as const);
  const deliveries = consumerGroups
    .flatMap(({ consumers }) => consumers)
    .flatMap(({ node, queues }) => queues.map(({ from }) => [nodeOf(from), node] as const));
  return [
    ...sends.flatMap(([from, to]): Way[] => [
      [from, to, 'message'],
      [to, from, 'ack'],
    ]),
    ...copies.map(([from, to]): Way => [from, to, 'replica']),
    ...deliveries.map(([from, to]): Way => [from, to, 'delivery']),
  ];
}

function motionOf(ways: readonly Way[]): Motion {
  const flights = Array.from({ length: DOTS }, (_, i) => ways[i % ways.length] as Way);
  return {
    count: flights.length,
    leftOut: 0,
    from: Uint16Array.from(flights, ([from]) => from),
    to: Uint16Array.from(flights, ([, to]) => to),
    sentUs: new Float64Array(DOTS),
    arriveUs: new Float64Array(DOTS),
    glyph: Uint8Array.from(flights, ([, , glyph]) => FLIGHT_GLYPHS.indexOf(glyph)),
    message: Int32Array.from(flights, (_, i) => i),
    conn: new Uint32Array(DOTS),
    moves: [],
    flows: { from: new Uint16Array(), to: new Uint16Array(), perSecond: new Float32Array() },
  };
}

/** The same cluster a little later: every log, queue and client has moved on. */
function grown(view: ClusterView, beat: number): ClusterView {
  return {
    ...view,
    nowUs: view.nowUs + beat * 16_000,
    groups: view.groups.map((group) => ({
      ...group,
      replicas: group.replicas.map((replica) => ({
        ...replica,
        strip: {
          ...replica.strip,
          appendedBytes: beat * 1_024,
          flushedBytes: beat * 1_000,
          columns: replica.strip.columns.map((column) => ({ ...column, message: column.message + beat })),
        },
      })),
      queues: group.queues.map((queue) => ({
        ...queue,
        max: queue.max + beat,
        positions: queue.positions.map((at) => ({ ...at, committed: at.committed + beat })),
      })),
    })),
    clients: view.clients.map((client) => ({ ...client, sent: beat })),
  };
}

const processesOf = ({
  registries,
  groups,
  clients,
  consumerGroups,
}: ClusterView): readonly ProcessView[] => [
  ...registries,
  ...groups.flatMap(({ replicas }) => replicas),
  ...clients,
  ...consumerGroups.flatMap(({ consumers }) => consumers),
];
