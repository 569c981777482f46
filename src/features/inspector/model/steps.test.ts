import { describe, expect, it } from 'vitest';
import type { CopyView, MessageDetails } from '../../../engine/details';
import type { Why, WhyStep } from '../../../engine/report/why';
import { decidingSteps, glyphOf, STEPS_MAX, stepsOfWhy } from './steps';

const step = (
  entry: number,
  type: string,
  rule: string,
  timeUs = entry,
  beat: WhyStep['beat'] = 'hop',
): WhyStep => ({
  entry,
  timeUs,
  node: 'broker-a:0',
  type,
  rule,
  beat,
  text: { en: type, zh: type },
});

const LIFE = [
  step(1, 'send.called', 'PR-1'),
  step(2, 'send.attempt', 'PR-9'),
  step(3, 'message.stored', 'BR-2'),
  step(4, 'send.ok', 'PR-5'),
];
const POWER = [step(8, 'host.power-lost', 'EN-3', 50), step(9, 'message.lost', 'EN-20', 50)];
const why = (steps: readonly WhyStep[], verdict: Why['verdict'] = 'lost', complete = true): Why => ({
  message: 7,
  name: 'm7',
  verdict,
  complete,
  steps,
});
const glyphs = (story: Why) => stepsOfWhy(story).map(({ glyph }) => glyph);

describe('the glyph of a step', () => {
  it('is in the page cache until the power takes it, for a message that a power loss could take', () => {
    expect(glyphs(why([...LIFE, ...POWER]))).toEqual([
      {},
      {},
      { mem: 'volatile' },
      { mem: 'volatile' },
      { lost: true },
      { lost: true },
    ]);
  });

  it('is not drawn where a flush or a copy may have come between', () => {
    const disk = [step(8, 'disk.lost', 'EN-4', 50), step(9, 'message.lost', 'EN-20', 50)];
    expect(glyphs(why([...LIFE, ...disk]))).toEqual([
      {},
      {},
      { mem: 'volatile' },
      null,
      { lost: true },
      { lost: true },
    ]);
    expect(glyphs(why(LIFE, 'safe'))).toEqual([{}, {}, { mem: 'volatile' }, null]);
  });

  it('is not drawn before the first step that is known', () => {
    expect(glyphs(why(LIFE.slice(1, 2), 'in flight', false))).toEqual([null]);
  });
});

it('tells a long story in seven steps: how it began, what decided, how it ended', () => {
  const deliveries = Array.from({ length: 12 }, (_, i) => step(10 + i, 'record.delivered', 'CO-11'));
  const end = [step(50, 'host.power-lost', 'EN-3', 50), step(51, 'message.lost', 'EN-20', 50)];
  const few = decidingSteps(stepsOfWhy(why([...LIFE, ...deliveries, ...end])));
  expect(few).toHaveLength(STEPS_MAX);
  expect(few.map(({ type }) => type)).toEqual([
    'send.called',
    'send.attempt',
    'message.stored',
    'send.ok',
    'record.delivered',
    'host.power-lost',
    'message.lost',
  ]);
});

it('tells of a loss by another leader who was elected, and what was cut off, before who started again', () => {
  const succession = [
    step(10, 'link.cut', 'EN-7', 10, 'fault'),
    step(20, 'process.killed', 'EN-2', 20, 'fault'),
    step(21, 'broker.became-master', 'HA-28', 21, 'role'),
    step(30, 'link.healed', 'EN-7', 30, 'recovery'),
    step(40, 'process.started', 'EN-1', 40, 'action'),
    step(41, 'broker.became-slave', 'HA-26', 41, 'role'),
    step(42, 'log.truncated', 'HA-29', 42, 'loss'),
    step(43, 'message.lost', 'EN-20', 42, 'loss'),
  ];
  const all = stepsOfWhy(why([...LIFE, ...succession]));
  expect(decidingSteps(all).map(({ type }) => type)).toEqual([
    'send.called',
    'send.ok',
    'link.cut',
    'process.killed',
    'broker.became-master',
    'log.truncated',
    'message.lost',
  ]);
  // It may have been on a disk that lost it to the other log.
  expect(all.find(({ type }) => type === 'process.killed')?.glyph).toBeNull();
});

it('tells what a message goes through again and again once, where it happened last', () => {
  const round = (at: number) => [
    step(at, 'message.stored', 'BR-2'),
    step(at + 1, 'put.answered', 'BR-30'),
    step(at + 2, 'record.dispatched', 'BR-7'),
    step(at + 3, 'record.delivered', 'CO-11'),
    step(at + 4, 'record.rejected', 'CO-13'),
    step(at + 5, 'retry.scheduled', 'CO-20'),
    step(at + 6, 'message.delayed', 'SC-2'),
  ];
  const few = decidingSteps(stepsOfWhy(why([...LIFE, ...round(10), ...round(20), ...round(30)], 'safe')));
  expect(few.map(({ type, id }) => [type, id])).toEqual([
    ['send.called', 1],
    ['send.ok', 4],
    ['message.stored', 30],
    ['record.delivered', 33],
    ['record.rejected', 34],
    ['retry.scheduled', 35],
    ['message.delayed', 36],
  ]);
});

it('tells what somebody noticed rather than what only came before it', () => {
  const start = [step(1, 'process.killed', 'EN-2', 1, 'fault')];
  const plain = Array.from({ length: 9 }, (_, i) => step(2 + i, `plain.${i}`, 'CL-1', 2, 'none'));
  const noticed = [
    step(20, 'member.gone', 'CO-29', 20, 'detection'),
    step(21, 'queue.owned', 'CO-27', 21, 'assignment'),
    step(22, 'pull.answered', 'CO-5', 22, 'none'),
    step(23, 'message.delivered-twice', 'EN-21', 23, 'duplicate'),
  ];
  const few = decidingSteps(stepsOfWhy(why([...start, ...plain, ...noticed], 'safe')));
  expect(few.map(({ type }) => type)).toEqual([
    'process.killed',
    'plain.7',
    'plain.8',
    'member.gone',
    'queue.owned',
    'pull.answered',
    'message.delivered-twice',
  ]);
});

describe('the glyph of a message', () => {
  const copy = (process: string, where: CopyView['where'], reachable = true): CopyView => ({
    process,
    where,
    queue: 'Orders@broker-a#0',
    offset: 1,
    physicalOffset: 0,
    offsetMsgId: '',
    sysFlag: '0',
    reachable,
  });
  const of = (verdict: MessageDetails['verdict'], ...copies: readonly CopyView[]) =>
    glyphOf({ verdict, copies } as MessageDetails, new Set(['broker-a:0']));

  it('has a row for each place of a copy', () => {
    expect(of('volatile', copy('broker-a:0', 'page cache'))).toEqual({
      mem: 'volatile',
      disk: false,
      slave: 'none',
    });
    expect(of('safe', copy('broker-a:0', 'disk'), copy('broker-a:1', 'page cache'))).toEqual({
      mem: 'calm',
      disk: true,
      slave: 'unflushed',
    });
  });

  it('has an empty cache over the disk of a dead machine, and only a slave where the master lost it', () => {
    expect(of('unavailable', copy('broker-a:0', 'disk', false))).toEqual({
      mem: 'none',
      disk: true,
      slave: 'none',
    });
    expect(of('stranded', copy('broker-a:1', 'disk'))).toEqual({ mem: 'none', disk: false, slave: 'disk' });
    expect(of('lost')).toEqual({ lost: true });
  });
});
