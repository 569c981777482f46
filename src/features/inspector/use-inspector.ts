import { useCallback, useEffect, useState } from 'react';
import { usePlayground } from '../../state/store';
import type { InspectorTab } from './data';

export interface InspectorState {
  readonly tab: InspectorTab;
  readonly entry: number | null;
  readonly show: (tab: InspectorTab) => void;
  /** Tells in Why? what led to an entry of the event log. */
  readonly showCauses: (entry: number) => void;
}

/**
 * What the inspector shows. It turns to what is selected last: a process opens Node unless Storage is open, a message
 * opens Message unless Why? is open.
 */
export function useInspector(): InspectorState {
  const process = usePlayground((state) => state.selectedProcess);
  const message = usePlayground((state) => state.selectedMessage);
  const [tab, setTab] = useState<InspectorTab>('node');
  const [entry, setEntry] = useState<number | null>(null);

  useEffect(() => {
    if (process !== null) setTab((open) => (open === 'storage' ? open : 'node'));
  }, [process]);
  useEffect(() => {
    setEntry(null);
    if (message !== null) setTab((open) => (open === 'why' ? open : 'message'));
  }, [message]);

  const show = useCallback((next: InspectorTab) => {
    setTab(next);
    if (next !== 'why') setEntry(null);
  }, []);
  const showCauses = useCallback((id: number) => {
    setEntry(id);
    setTab('why');
  }, []);
  return { tab, entry, show, showCauses };
}
