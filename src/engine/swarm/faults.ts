import type { Dice, Part } from './cluster';
import type { Fault, Setup } from './promise';

/** An action as a scenario file has it, with its moment as a number. */
export type TimedAction = { readonly ms: number } & Readonly<Record<string, unknown>>;

export interface Strike {
  readonly fault: Fault;
  readonly ms: number;
  /** How long it lasts: then all that was ended is started again, and all that was cut is healed. */
  readonly lastsMs: number;
}

/** The processes of a trial, by what they are. */
export type Cast = Readonly<
  Record<'nameservers' | 'controllers' | 'brokers' | 'producers' | 'consumers', readonly Part[]>
>;

const REPLICAS = ['broker-a:0', 'broker-a:1', 'broker-a:2'];

/** What is done for a fault. Where masters are elected, nobody knows before who they are: roles are named. */
export function actionsOf(
  { fault, ms, lastsMs }: Strike,
  { copies, groups }: Setup,
  cast: Cast,
  { below, pick }: Dice,
): TimedAction[] {
  const elects = copies === 'elected' || copies === 'elected-safe' || copies === 'dledger';
  const master = elects ? 'leaderOf:busiest' : 'broker-a:0';
  const slave = elects ? 'replicaOf:busiest' : 'broker-a:1';
  const healMs = ms + lastsMs;
  const killed = (target: string, failure: string, ids: readonly string[]): TimedAction[] => [
    { ms, do: 'kill', target, failure },
    ...ids.map((id) => ({ ms: healMs, do: 'restart', target: id })),
  ];
  // A restart of what runs is refused, and changes nothing.
  const broker = (target: string, failure: string) => killed(target, failure, elects ? REPLICAS : [target]);
  const client = (target: string) => killed(target, 'process', [target]);
  const left = (target: string): TimedAction[] => [
    { ms, do: 'remove', target },
    { ms: healMs, do: 'restart', target },
  ];
  const severed = (x: string, y: string): TimedAction[] => [
    { ms, do: 'cut', between: [x, y] },
    { ms: healMs, do: 'heal', between: [x, y] },
  ];
  const controllers = idsOf(cast.controllers);
  /** Not there when the run begins, each until a moment of its own. */
  const late = (ids: readonly string[]): TimedAction[] =>
    ids.flatMap((target) => [
      { ms, do: 'kill', target, failure: 'process' },
      { ms: ms + 1 + below(lastsMs), do: 'restart', target },
    ]);
  switch (fault) {
    case 'none':
      return [];
    case 'master-process':
      return broker(master, 'process');
    case 'master-power':
      return broker(master, 'power');
    case 'master-disk':
      return broker(master, 'disk');
    case 'master-leaves':
      return left(master);
    case 'consumer-leaves':
      return left('consumer-1');
    case 'write-wiped':
      return [
        { ms, do: 'wipeWritePerm', brokerName: 'broker-a' },
        { ms: healMs, do: 'addWritePerm', brokerName: 'broker-a' },
      ];
    case 'offset-reset':
      return [
        { ms, do: 'resetOffset', group: 'order-service', topic: 'Orders', to: pick(['earliest', 'latest']) },
      ];
    case 'slave-process':
      return broker(slave, 'process');
    case 'slave-power':
      return broker(slave, 'power');
    case 'both-power':
      return [...broker(master, 'power'), ...broker(slave, 'power')];
    case 'cut-replicas':
      return severed(master, slave);
    case 'cut-clients':
      return [...severed('producer-1', master), ...severed('consumer-1', master)];
    case 'slow-disk':
      return [
        { ms, do: 'slow', target: master, part: 'disk', fsyncMs: 6_000 },
        { ms: healMs, do: 'slow', target: master, part: 'disk', factor: 1 },
      ];
    case 'master-frozen':
      return [{ ms, do: 'freeze', target: master, for: `${lastsMs}ms` }];
    case 'nameserver':
      return client('ns-1');
    case 'consumer-process':
      return client('consumer-1');
    case 'consumer-cut':
      return [master, ...(groups === 1 ? [] : ['broker-b:0'])].flatMap((to) => severed('consumer-1', to));
    case 'producer-process':
      return client('producer-1');
    case 'consumer-disk':
      return killed('consumer-1', 'disk', ['consumer-1']);
    case 'lost-answer':
      return [{ ms, do: 'drop', from: master, to: 'producer-1', messages: 1 }];
    case 'controller-process':
      return client(pick(controllers));
    case 'controller-cut': {
      const alone = pick(controllers);
      return controllers.filter((id) => id !== alone).flatMap((id) => severed(alone, id));
    }
    case 'controllers-in-turn':
      return controllers.flatMap((target, index) => {
        const partMs = Math.floor(lastsMs / controllers.length);
        const beginsMs = ms + index * partMs;
        return [
          { ms: beginsMs, do: 'kill', target, failure: 'process' },
          { ms: beginsMs + Math.ceil(partMs / 2), do: 'restart', target },
        ];
      });
    case 'controllers-most':
      return [...client('controller-1'), ...client(pick(['controller-2', 'controller-3']))];
    case 'controller-and-master':
      return [...client(pick(controllers)), ...broker(master, 'process')];
    case 'nameservers-late':
      return late(idsOf(cast.nameservers));
    case 'brokers-late':
      return late(idsOf(cast.brokers));
    case 'consumers-late':
      return late(idsOf(cast.consumers));
    case 'any-order':
      return late(Object.values(cast).flatMap(idsOf));
  }
}

const idsOf = (parts: readonly Part[]): string[] => parts.map(({ id }) => id as string);
