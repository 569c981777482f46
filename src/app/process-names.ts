import { useMemo } from 'react';
import { usePlayground } from '../state/store';

/** The id of a process by its number. */
export function useProcessNames(): (node: number) => string | undefined {
  const processes = usePlayground((state) => state.processes);
  return useMemo(() => {
    const names = new Map(Object.values(processes).map(({ node, id }) => [node, id]));
    return (node) => names.get(node);
  }, [processes]);
}
