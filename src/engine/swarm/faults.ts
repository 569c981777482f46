import type { Fault, Setup } from './promises';

/** An action as a scenario file has it, with its moment as a number. */
export type TimedAction = { readonly ms: number } & Readonly<Record<string, unknown>>;

export interface Strike {
  readonly fault: Fault;
  readonly ms: number;
  /** How long it lasts: then all that was ended is started again, and all that was cut is healed. */
  readonly lastsMs: number;
}

const REPLICAS = ['broker-a:0', 'broker-a:1', 'broker-a:2'];

/** What is done for a fault. Where masters are elected, nobody knows before who they are: roles are named. */
export function actionsOf({ fault, ms, lastsMs }: Strike, { copies, groups }: Setup): TimedAction[] {
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
  const severed = (x: string, y: string): TimedAction[] => [
    { ms, do: 'cut', between: [x, y] },
    { ms: healMs, do: 'heal', between: [x, y] },
  ];
  switch (fault) {
    case 'none':
      return [];
    case 'master-process':
      return broker(master, 'process');
    case 'master-power':
      return broker(master, 'power');
    case 'master-disk':
      return broker(master, 'disk');
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
    case 'lost-answer':
      return [{ ms, do: 'drop', from: master, to: 'producer-1', messages: 1 }];
  }
}
