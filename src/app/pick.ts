import { engine } from '../state/browser-engine';
import { changeShell, showInspector } from './shell-state';

/** Selects a message and opens what is known of it. */
export function pickMessage(message: number): void {
  engine().selectMessage(message);
  changeShell({ whyEntry: null });
  showInspector('message');
}
