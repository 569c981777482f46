import { Host, type HostOptions } from './host';
import * as late from './late';
import type { OpenTransport } from './transport';

/**
 * The same engine on this thread: for tests and where there is no worker. Everything that crosses is cloned as a
 * worker would have it, so what cannot cross a real one fails here too.
 */
export function inlineTransport(options: Omit<HostOptions, 'late'>): OpenTransport {
  return (events) => {
    let isOpen = true;
    const defer = (work: () => void) => options.defer(() => isOpen && work());
    const host = new Host(
      (update, transfer) => {
        const cloned = structuredClone(update, { transfer });
        defer(() => events.update(cloned));
      },
      { ...options, late, defer },
    );
    return {
      send: (request) => {
        const cloned = structuredClone(request);
        defer(() => host.receive(cloned));
      },
      close: () => {
        isOpen = false;
      },
    };
  };
}
