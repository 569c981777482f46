import { createContext, useContext } from 'react';
import type { GraphCommand } from './commands';

/** What the parts of the graph ask of the page around it. */
export interface GraphCalls {
  readonly onCommand: (command: GraphCommand) => void;
  readonly onInspect: (process: string) => void;
  readonly onPickMessage: (message: number) => void;
}

const nothing = (): void => {};

export const GraphCallsContext = createContext<GraphCalls>({
  onCommand: nothing,
  onInspect: nothing,
  onPickMessage: nothing,
});
export const useGraphCalls = (): GraphCalls => useContext(GraphCallsContext);
