import type { Broker } from '../state';
import type { Epochs } from './epochs';

/** What `ReplicasManager` and `AutoSwitchHAService` hold in the memory of a broker in controller mode. */
export interface Controlled {
  /** No writes, no registration with name servers: the controllers have not given it a role yet (HA-24). */
  fenced: boolean;
  stage: 'finding' | 'registering' | 'electing' | 'running';
  /** The controller that leads, as one of them said. */
  leader: number | undefined;
  /** Its id in the group; −1 before it was given. */
  id: number;
  masterId: number | undefined;
  masterEpoch: number;
  /** Master: who is in sync, by id, as the controllers said last. */
  set: readonly number[];
  setEpoch: number;
  /** What it has proposed and the controllers have not confirmed: acknowledgements count both (HA-28). */
  proposed: readonly number[] | undefined;
  /** Proposals on their way or waiting, in order. */
  proposals: readonly (readonly number[])[];
  /** When each slave, by id, last had all. */
  caughtUpUs: Map<number, number>;
  /** Master: no controller answers. */
  alone: boolean;
  /** Draws of random waits so far. */
  waits: number;
  /** Messages that the latest comparison with a master cut off. */
  truncated: number;
}

/** Files of a broker in controller mode. */
export interface ReplicaFiles {
  /** `brokerIdentity`: the id that a controller gave. */
  id: number | undefined;
  /** `brokerIdentity-temp`: the id that it asked for, and the code by which it is known when it asks again. */
  applied: { readonly frozen: true; readonly id: number; readonly code: string } | undefined;
  epochs: Epochs;
  /** Of the checkpoint: what is confirmed, as a physical offset (HA-30). */
  confirmPhys: number;
}

export function createControlled(): Controlled {
  return {
    fenced: true,
    stage: 'finding',
    leader: undefined,
    id: -1,
    masterId: undefined,
    masterEpoch: 0,
    set: [],
    setEpoch: 0,
    proposed: undefined,
    proposals: [],
    caughtUpUs: new Map(),
    alone: false,
    waits: 0,
    truncated: 0,
  };
}

export function createReplicaFiles(): ReplicaFiles {
  return { id: undefined, applied: undefined, epochs: [], confirmPhys: 0 };
}

/** The broker's part in controller mode; only where that mode is known to be on. */
export function controlledOf({ controlled, node }: Broker): Controlled {
  if (controlled === undefined) throw new RangeError(`broker ${node} is not in controller mode`);
  return controlled;
}

/** True while it may not take writes nor register with name servers. */
export const isFenced = ({ controlled }: Broker) => controlled?.fenced === true;

/** An elected master that serves. */
export const isElected = (broker: Broker) =>
  broker.controlled !== undefined && !broker.controlled.fenced && broker.role !== 'SLAVE';

/** Who is in sync, those that are proposed included (`AutoSwitchHAService#getSyncStateSet`). */
export function wholeSetOf({ set, proposed }: Controlled): readonly number[] {
  return proposed === undefined ? set : [...set, ...proposed.filter((id) => !set.includes(id))];
}
