import type { MessageDetails, MessageTraceView, TraceLineView } from '../../../engine/details';

/** What the trace of a message has on one line: a call of a listener is its SubBefore and its SubAfter. */
export interface TraceRow {
  readonly id: number;
  readonly kind: 'pub' | 'sub' | 'end';
  readonly client: string;
  readonly timeUs: number;
  /** Undefined while no SubAfter says how the call ended. */
  readonly ended: Pick<TraceLineView, 'costUs' | 'success' | 'code'> | undefined;
  /** Undefined of a SubAfter whose SubBefore is missing. */
  readonly retryTimes: number | undefined;
  readonly offsetMsgId: string | undefined;
  readonly fromCheck: boolean;
}

const keyOf = ({ client, request }: TraceLineView) => `${client} ${request}`;

export function rowsOfTrace(lines: readonly TraceLineView[]): TraceRow[] {
  const afters = new Map(lines.filter(({ type }) => type === 'SubAfter').map((line) => [keyOf(line), line]));
  const befores = new Set(lines.filter(({ type }) => type === 'SubBefore').map(keyOf));
  return lines.flatMap((line, id): TraceRow[] => {
    const { type, client, timeUs, retryTimes, offsetMsgId, fromCheck } = line;
    const row = { id, client, timeUs, retryTimes, offsetMsgId, fromCheck };
    if (type === 'SubBefore') return [{ ...row, kind: 'sub', ended: afters.get(keyOf(line)) }];
    if (type === 'SubAfter') return befores.has(keyOf(line)) ? [] : [{ ...row, kind: 'sub', ended: line }];
    return [{ ...row, kind: type === 'Pub' ? 'pub' : 'end', ended: line }];
  });
}

/** Why a trace shows nothing, the first reason that holds; undefined when it shows something. */
export type NoTrace = 'off' | 'switchedOff' | 'waiting' | 'noTopic' | 'nothing';

export function whyNoTrace({
  lines,
  clients,
  topicExists,
  switchedOff,
}: MessageTraceView): NoTrace | undefined {
  if (lines.length > 0) return undefined;
  if (clients.every(({ traced }) => !traced)) return 'off';
  if (clients.some(({ waiting }) => waiting > 0)) return 'waiting';
  if (switchedOff) return 'switchedOff';
  return topicExists ? 'nothing' : 'noTopic';
}

/** What the trace counts, beside what really happened. */
export interface Comparison {
  /** Null: attempts to send; else a consumer group. */
  readonly group: string | null;
  readonly traced: number;
  readonly happened: number;
}

export function compareTrace(
  { lines }: MessageTraceView,
  { attempts, deliveries }: Pick<MessageDetails, 'attempts' | 'deliveries'>,
): Comparison[] {
  const calls = (group: string) => lines.filter((line) => line.type === 'SubBefore' && line.group === group);
  return [
    { group: null, traced: lines.filter(({ type }) => type === 'Pub').length, happened: attempts },
    ...deliveries
      .filter(({ wanted }) => wanted)
      .map(({ group, count }) => ({ group, traced: calls(group).length, happened: count })),
  ];
}
