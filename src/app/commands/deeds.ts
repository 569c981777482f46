import { backlogOf } from '../../features/controls/model/backlog';
import { linkIn, targetIn } from '../../features/controls/model/cluster';
import { kill, onLink, onProcess, ordinaryLink } from '../../features/controls/model/requests';
import { usePlayground } from '../../state/store';
import { act } from './act';

/** Kills what is selected, else the first master. */
export function killSelected(failure: 'power' | 'process'): void {
  const { view, selectedProcess } = usePlayground.getState();
  const target = view && targetIn(view, selectedProcess);
  if (target) act(kill(target.process.id, failure));
}

/** Cuts the selected link, or restores it. */
export function cutSelected(): void {
  const { view, selectedLink } = usePlayground.getState();
  if (view === null || selectedLink === null) return;
  act(onLink(linkIn(view, selectedLink)?.cut ? 'heal' : 'cut', selectedLink));
}

/** Undoes what befell the selection: starts a process that is down, lets a paused client go on, mends a link. */
export function healSelected(): void {
  const { view, selectedProcess, selectedLink } = usePlayground.getState();
  if (view === null) return;
  if (selectedLink !== null) {
    if (linkIn(view, selectedLink)?.cut) act(onLink('heal', selectedLink));
    act(ordinaryLink(selectedLink));
    return;
  }
  const target = targetIn(view, selectedProcess);
  if (!target) return;
  const { process } = target;
  if (process.state === 'down') act(onProcess('restart', process.id));
  else if ('paused' in process && process.paused === true) act(onProcess('resume', process.id));
}

export function triggerBacklog(): void {
  const { view, selectedProcess } = usePlayground.getState();
  const [first] = view === null ? [] : backlogOf(view, selectedProcess);
  for (const request of first?.requests ?? []) act(request);
}
