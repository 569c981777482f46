import { isRunning, nodeOf, processOf } from '../../../model/env';
import { internText } from '../../../model/world';
import type { ActResult } from '../../../product';
import type { ActionOf } from '../../../scenario/types';
import type { Nameserver, RocketSim } from '../state';
import { writeAdded, writeWiped } from './nameserver-kinds';

/** `mqadmin wipeWritePerm` and `addWritePerm`: a broker is taken out of the routes of senders, and put back (NS-23). */

const WRITE = 2;
const READ_WRITE = 6;

/** Asks each name server in turn. Refused where none of them runs or lists the broker. */
export function changeWritePerm(
  sim: RocketSim,
  action: ActionOf<'wipeWritePerm' | 'addWritePerm'>,
): ActResult {
  const { brokerName } = action;
  const { env, product } = sim.state;
  const all = [...product.nameservers.keys()];
  const asked = action.nameservers?.map((id) => nodeOf(env, id));
  const running = all.filter(
    (node) => isRunning(processOf(env, node)) && (asked === undefined || asked.includes(node)),
  );
  const cause = sim.currentCause;
  let found = 0;
  for (const node of running) {
    const nameserver = product.nameservers.get(node);
    const topics = nameserver === undefined ? 0 : operate(nameserver, action);
    if (topics === 0) continue;
    found++;
    const kind = action.do === 'wipeWritePerm' ? writeWiped : writeAdded;
    const entry = sim.because(cause, () =>
      sim.emit(kind, node, internText(sim.state.arena, brokerName), topics),
    );
    if (nameserver !== undefined) nameserver.tables.changedBy = entry;
  }
  if (found > 0) return { ok: true };
  return running.length === 0
    ? refuse('None of these name servers runs.', '这些 NameServer 都没有运行。')
    : refuse(`No name server lists ${brokerName}.`, `没有 NameServer 列出 ${brokerName}。`);
}

/** `RouteInfoManager#operateWritePermOfBroker`: how many topics it has on that broker. */
function operate(
  { tables }: Nameserver,
  { do: deed, brokerName }: ActionOf<'wipeWritePerm' | 'addWritePerm'>,
): number {
  let topics = 0;
  for (const byBroker of tables.topicQueueTable.values()) {
    const data = byBroker.get(brokerName);
    if (data === undefined) continue;
    const perm = deed === 'wipeWritePerm' ? data.perm & ~WRITE : READ_WRITE;
    byBroker.set(brokerName, { ...data, perm });
    topics++;
  }
  if (deed === 'wipeWritePerm') tables.wiped.add(brokerName);
  else tables.wiped.delete(brokerName);
  return topics;
}

function refuse(en: string, zh: string): ActResult {
  return { ok: false, message: { en, zh } };
}
