import type { FromComparer, ToComparer } from './comparing';
import { Host } from './host';
import type { FromEngine, ToEngine } from './protocol';

/** What a dedicated worker has of its global scope; the DOM's types describe a window. */
const scope = self as unknown as {
  postMessage(update: FromEngine | FromComparer, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ToEngine | ToComparer>) => void): void;
};

// A message to oneself comes back behind the requests that have arrived, and without a timer's least delay.
const channel = new MessageChannel();
let work: (() => void) | undefined;
channel.port1.onmessage = () => work?.();

const host = new Host((update, transfer) => scope.postMessage(update, transfer), {
  now: () => performance.now(),
  late: () => import('./late'),
  defer: (next) => {
    work = next;
    channel.port2.postMessage(null);
  },
});
scope.addEventListener('message', ({ data }) => {
  if (data.type === 'compare') void compare(data);
  else host.receive(data);
});

/** A worker that is asked to compare does nothing else. */
async function compare(asked: ToComparer): Promise<void> {
  const tell = (update: FromComparer) => scope.postMessage(update, []);
  try {
    const { comparing, joinParts } = await import('./late');
    joinParts();
    comparing(asked, tell);
  } catch (error) {
    tell({ type: 'incomparable', reason: String(error) });
  }
}
