import { engine } from '../../state/browser-engine';
import type { ActionRequest } from '../../worker/protocol';

/** Does something to the cluster, now. */
export const act = (request: ActionRequest): void => engine().act(request);
