import { KEY_MAP, type KeyRow } from '../../i18n/areas/keys';
import { COMMANDS } from './commands';

/** Wired by the browser and by the graph. */
const ELSEWHERE: readonly KeyRow['does'][] = ['nextNode', 'openInspector'];

/** The rows of the list of keys that apply today. */
export const KEY_ROWS: readonly KeyRow[] = KEY_MAP.inPlayground.filter(
  ({ does }) => ELSEWHERE.includes(does) || COMMANDS.some((command) => command.does === does),
);
