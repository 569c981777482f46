import type { FromComparer, ToComparer } from './comparing';
import type { FromEngine } from './protocol';
import type { OpenTransport } from './transport';

const start = () =>
  new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' });

/** An engine in a worker of its own. */
export const openWorker: OpenTransport = (events) => {
  const worker = start();
  worker.addEventListener('message', ({ data }: MessageEvent<FromEngine>) => events.update(data));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    events.broken('error', event.message ?? '');
  });
  worker.addEventListener('messageerror', () => events.broken('messageerror', ''));
  return {
    send: (request) => worker.postMessage(request),
    close: () => worker.terminate(),
  };
};

/** Compares in a worker of its own, beside the one that is shown. The returned function ends it. */
export function openComparer(request: ToComparer, hear: (update: FromComparer) => void): () => void {
  const worker = start();
  worker.addEventListener('message', ({ data }: MessageEvent<FromComparer>) => hear(data));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    hear({ type: 'incomparable', reason: event.message ?? '' });
  });
  worker.postMessage(request);
  return () => worker.terminate();
}
