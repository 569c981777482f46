import { processOf } from '../../../model/env';
import { isLost } from '../../../model/ledger';
import { recordMessage } from '../../../model/world';
import type { CutView } from '../../../view';
import type { Broker, RocketSim } from '../state';

/** How long the picture shows what was cut off, in virtual time. */
const SHOWN_US = 10_000_000;
const COLUMNS_MAX = 8;

/** What a replica has cut off lately to follow its leader; undefined when nothing, or when it is too long ago. */
export function cutView(sim: RocketSim, { node, store }: Broker): CutView | undefined {
  const { cut } = store.memory;
  if (cut === undefined || sim.nowUs - cut.atUs > SHOWN_US) return undefined;
  if (processOf(sim.state.env, node).state === 'down') return undefined;
  const { arena, ledger } = sim.state;
  const messages = store.log.lostTail.map((record) => recordMessage(arena, record));
  const lost = messages.map((message) => isLost(ledger, message));
  const count = Math.min(COLUMNS_MAX, messages.length);
  return {
    atUs: cut.atUs,
    messages: cut.messages,
    bytes: cut.bytes,
    epoch: cut.epoch,
    lost: lost.filter(Boolean).length,
    columns: Array.from({ length: count }, (_, i) => {
      const from = Math.floor((i * messages.length) / count);
      const to = Math.floor(((i + 1) * messages.length) / count);
      const worst = lost.indexOf(true, from);
      const isWorst = worst >= 0 && worst < to;
      return { message: messages[isWorst ? worst : to - 1] as number, lost: isWorst };
    }),
  };
}
