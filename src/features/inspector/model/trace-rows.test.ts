import { describe, expect, it } from 'vitest';
import type { MessageTraceView, TraceLineView } from '../../../engine/details';
import { compareTrace, rowsOfTrace, whyNoTrace } from './trace-rows';

const line = (parts: Partial<TraceLineView>): TraceLineView => ({
  ...{ type: 'Pub', client: 'p1', group: 'producers', timeUs: 0, costUs: 3_000, success: true },
  ...{ request: 0, fromCheck: false },
  ...parts,
});
const BEFORE = line({ type: 'SubBefore', client: 'c1', group: 'g', request: 7, retryTimes: 1 });
const AFTER = line({ type: 'SubAfter', client: 'c1', group: 'g', request: 7, code: 'SUCCESS (0)' });
const trace = (parts: Partial<MessageTraceView> = {}): MessageTraceView => ({
  ...{ lines: [], clients: [], topicExists: true, switchedOff: false },
  ...parts,
});

describe('rows of a trace', () => {
  it('join a SubBefore and its SubAfter, of the same client and the same call', () => {
    const rows = rowsOfTrace([line({ offsetMsgId: 'OM' }), BEFORE, AFTER]);
    expect(rows.map(({ kind, retryTimes, ended }) => [kind, retryTimes, ended?.code])).toEqual([
      ['pub', undefined, undefined],
      ['sub', 1, 'SUCCESS (0)'],
    ]);
  });

  it('keep what has only one half', () => {
    expect(rowsOfTrace([BEFORE])).toMatchObject([{ kind: 'sub', ended: undefined }]);
    expect(rowsOfTrace([AFTER])).toMatchObject([{ kind: 'sub', retryTimes: undefined }]);
    expect(rowsOfTrace([BEFORE, { ...AFTER, client: 'c2' }])).toHaveLength(2);
  });
});

describe('an empty trace', () => {
  const on = { id: 'p1', traced: true, waiting: 0 };

  it('says the first reason that holds', () => {
    expect(whyNoTrace(trace({ clients: [{ ...on, traced: false }] }))).toBe('off');
    expect(whyNoTrace(trace({ clients: [{ ...on, waiting: 1 }], topicExists: false }))).toBe('waiting');
    expect(whyNoTrace(trace({ clients: [on], switchedOff: true }))).toBe('switchedOff');
    expect(whyNoTrace(trace({ clients: [on], topicExists: false }))).toBe('noTopic');
    expect(whyNoTrace(trace({ clients: [on] }))).toBe('nothing');
    expect(whyNoTrace(trace({ clients: [on], lines: [BEFORE] }))).toBeUndefined();
  });
});

it('a trace beside what happened, for groups that want the message', () => {
  const deliveries = [
    { group: 'g', count: 2, wanted: true, done: true },
    { group: 'other', count: 0, wanted: false, done: false },
  ];
  expect(compareTrace(trace({ lines: [line({}), BEFORE, AFTER] }), { attempts: 2, deliveries })).toEqual([
    { group: null, traced: 1, happened: 2 },
    { group: 'g', traced: 1, happened: 2 },
  ]);
});
