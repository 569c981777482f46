import type { FromEngine } from './protocol';
import type { OpenTransport } from './transport';

/** An engine in a worker of its own. */
export const openWorker: OpenTransport = (events) => {
  const worker = new Worker(new URL('./engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'engine',
  });
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
