import { engine } from '../../state/browser-engine';
import { usePlayground } from '../../state/store';
import { changeShell, showInspector } from '../shell-state';

/** Tells why of the newest loss up to now; without one, what there is to say of that. */
export function whyNewestLoss(): void {
  const { marks, nowUs } = usePlayground.getState();
  const newest = marks.findLast(({ type, timeUs }) => type === 'message.lost' && timeUs <= nowUs);
  if (newest) engine().selectMessage(newest.message);
  changeShell({ whyEntry: null });
  showInspector('why');
}
