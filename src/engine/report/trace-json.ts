import { NONE, type Slot } from '../core/kinds';
import type { TraceEntry } from '../core/trace';
import { messageName, queueName, queueOf, recordOf, textOf, type World } from '../model/world';
import { nodeName } from './spell';

/** One line of a JSON trace. `data` names messages, queues and processes as the scenario and the screen do. */
export interface TraceLine {
  readonly id: number;
  /** Virtual time, microseconds. */
  readonly t: number;
  /** Scenario id of the process, or `environment`. */
  readonly node: string;
  readonly type: string;
  readonly rule: string;
  /** Id of the entry that led to it; −1 for what the scenario or the user began. */
  readonly cause: number;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

export function traceLineOf(world: World, { id, timeUs, node, kind, cause, a, b }: TraceEntry): TraceLine {
  const data: Record<string, string | number | boolean> = {};
  put(world, data, kind.names[0], kind.a, a);
  put(world, data, kind.names[1], kind.b, b);
  return { id, t: timeUs, node: nodeName(world, node), type: kind.type, rule: kind.rule, cause, data };
}

function put(
  world: World,
  data: Record<string, string | number | boolean>,
  name: string,
  slot: Slot,
  value: number,
): void {
  if (slot === 'none' || value === NONE) return;
  const { arena } = world;
  switch (slot) {
    case 'message':
      data[name] = messageName(value);
      break;
    case 'record': {
      const { message, queue, offset } = recordOf(arena, value);
      data[name] = value;
      data.message = messageName(message);
      data.queue = queueName(queueOf(arena, queue));
      data.offset = offset;
      break;
    }
    case 'queue':
      data[name] = queueName(queueOf(arena, value));
      break;
    case 'node':
      data[name] = nodeName(world, value);
      break;
    case 'text':
    case 'group':
    case 'topic':
      data[name] = textOf(arena, value);
      break;
    case 'flag':
      data[name] = value !== 0;
      break;
    default:
      data[name] = value;
  }
}
