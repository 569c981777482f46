import { createContext, useContext } from 'react';
import type { ActionRequest, FoundMessage } from '../../worker/protocol';

/** What the controls ask of the page around them. */
export interface ControlsCalls {
  /** Does these, one after the other. */
  readonly act: (...actions: readonly ActionRequest[]) => void;
  readonly find: (text: string) => Promise<readonly FoundMessage[]>;
  /** Selects a message and tells its way. */
  readonly follow: (message: number) => void;
}

export const ControlsCallsContext = createContext<ControlsCalls>({
  act: () => {},
  find: async () => [],
  follow: () => {},
});

export const useCalls = (): ControlsCalls => useContext(ControlsCallsContext);
