import { describe, expect, it } from 'vitest';
import { uniqueKeyOf } from '../products/rocketmq/query/ids';
import { causesOf } from './causes';
import { messageDetails } from './message';
import { powerLossRun, runOf } from './report.fixture';
import { sentenceOf, sentenceWith, spellBytes, spellCount, spellDuration } from './spell';
import { traceLineOf } from './trace-json';
import { whyLost } from './why';

const run = powerLossRun();
const { state, window } = run.sim;
const entriesOf = (type: string) => {
  const ids: number[] = [];
  window?.scan(0, window.endId, ({ id, kind }) => (kind.type === type ? ids.push(id) > 0 : true));
  return ids;
};
const entry = (id: number) => window!.get(id)!;
const lost = entry(entriesOf('message.lost')[0]!);

describe('a trace line', () => {
  it('names messages, queues and processes as the scenario does', () => {
    const line = traceLineOf(state, entry(entriesOf('send.attempt')[0]!));
    expect(line).toMatchObject({ node: 'producer-1', type: 'send.attempt', rule: 'PR-9' });
    expect(line.data.message).toBe('m-000000');
    expect(line.data.queue).toMatch(/^Orders@broker-a#[0-3]$/);
    expect(JSON.parse(JSON.stringify(line))).toEqual(line);
  });

  it('tells of a record its message, queue and offset', () => {
    const { data } = traceLineOf(state, entry(entriesOf('message.stored')[0]!));
    expect(data).toEqual({ record: 0, message: 'm-000000', queue: data.queue, offset: 0 });
  });

  it('leaves open what the entry leaves open, and knows the environment', () => {
    const started = traceLineOf(state, entry(entriesOf('host.power-lost')[0]!));
    expect(started).toMatchObject({ node: 'broker-a:0', t: 10_000_000, cause: -1, data: {} });
    expect(traceLineOf(state, lost).node).toBe('environment');
  });
});

describe('a sentence', () => {
  it('carries the names of this run, in both languages, without a place left open', () => {
    const { en, zh } = sentenceOf(state, lost);
    expect(en).toMatch(/^No copy of m-\d{6} is left anywhere/);
    expect(zh).toMatch(/^m-\d{6} 在任何地方都没有副本了/);
    const open: string[] = [];
    window?.scan(0, window.endId, (each) => {
      const said = sentenceOf(state, each);
      if (/[{}]/.test(said.en + said.zh)) open.push(each.kind.type);
      return true;
    });
    expect(open).toEqual([]);
  });

  it('tells one from many', () => {
    const say = { en: '{a} {a|message is|messages are} {b}.', zh: '{a} 条消息 {b}。' };
    const kind = { ...lost.kind, say };
    const of = (a: string) => sentenceWith(kind, { node: 'broker-a:0', a, b: 'lost' }).en;
    expect([of('0'), of('1'), of('11')]).toEqual([
      '0 messages are lost.',
      '1 message is lost.',
      '11 messages are lost.',
    ]);
  });

  it.each([
    [250, '250 µs'],
    [4_500, '4.5 ms'],
    [30_000_000, '30 s'],
    [90_000_000, '90 s'],
    [120_000_000, '2 min'],
    [599_500_000, '599.5 s'],
    [1_767_250_000, '29 min 27.25 s'],
    [1_234_567, '1.235 s'],
  ])('spells %i µs as %s', (us, text) => {
    expect(spellDuration(us)).toBe(text);
  });

  it('spells bytes and counts', () => {
    expect([640, 1_229, 3_145_728, 1_073_741_824].map(spellBytes)).toEqual([
      '640 B',
      '1.2 KiB',
      '3 MiB',
      '1 GiB',
    ]);
    expect([7, 1_234, 1_234_567].map(spellCount)).toEqual(['7', '1,234', '1,234,567']);
  });
});

describe('causes', () => {
  it('lead from a loss to the fault, the root first', () => {
    const { entries, complete } = causesOf(state, window, lost.id);
    expect(entries[0]?.kind.type).toBe('host.power-lost');
    expect(entries.at(-1)?.id).toBe(lost.id);
    expect(complete).toBe(true);
    expect(entries.every((each, at) => at === 0 || each.cause === entries[at - 1]?.id)).toBe(true);
  });

  it('of a message on the beat of its application begin with its own call', () => {
    const stored = entriesOf('message.stored')[100]!;
    expect(causesOf(state, window, stored).entries.map(({ kind }) => kind.type)).toEqual([
      'send.called',
      'send.attempt',
      'message.stored',
    ]);
  });

  it('of what the clock brings to a message lead over what had happened to it before', () => {
    const delayed = runOf({
      producers: [
        { id: 'producer-1', group: 'g', topic: 'Orders', ratePerSecond: 1, messages: 2, delayLevel: 1 },
      ],
    });
    delayed.advance(5_000_000);
    const { sim } = delayed;
    let over = -1;
    sim.window?.scan(0, sim.traceCount, ({ id, kind }) => {
      if (kind.type === 'delay.over') over = id;
      return true;
    });
    const types = causesOf(sim.state, sim.window, over).entries.map(({ kind }) => kind.type);
    expect(types[0]).toBe('send.called');
    expect(types).toEqual(expect.arrayContaining(['message.delayed', 'record.dispatched']));
    expect(types.at(-1)).toBe('delay.over');
    expect(types.filter((type) => type === 'send.called')).toHaveLength(1);
  });

  it('say so when the root has left the window', () => {
    const short = runOf();
    short.advance(20_000_000);
    expect(causesOf(state, undefined, 5)).toEqual({ entries: [], complete: false });
    expect(causesOf(short.sim.state, short.sim.window, -1)).toEqual({ entries: [], complete: true });
  });
});

describe('why a message is lost', () => {
  const why = whyLost(run, lost.a)!;

  it('is its life and the fault that took its last copy, in the order of time', () => {
    const types = why.steps.map(({ type }) => type);
    expect(types[0]).toBe('send.called');
    for (const type of ['send.attempt', 'message.stored', 'send.ok', 'host.power-lost', 'message.lost']) {
      expect(types).toContain(type);
    }
    expect(types.indexOf('send.ok')).toBeLessThan(types.indexOf('host.power-lost'));
    expect(why.steps.every((step, at) => at === 0 || step.entry > (why.steps[at - 1]?.entry ?? 0))).toBe(
      true,
    );
    expect(why).toMatchObject({ verdict: 'lost', complete: true, name: why.name });
  });

  it('names the rule of each step', () => {
    const sent = why.steps.find(({ type }) => type === 'message.stored')!;
    expect(sent).toMatchObject({ rule: 'BR-2', node: 'broker-a:0' });
    expect(why.steps.every(({ text }) => text.en !== '' && text.zh !== '')).toBe(true);
  });

  it('is also told of a message that is safe, and of none that does not exist', () => {
    expect(whyLost(run, 0)).toMatchObject({ verdict: 'safe', complete: true });
    expect([whyLost(run, -1), whyLost(run, 1e9)]).toEqual([undefined, undefined]);
  });
});

it('why a message came twice leads over the answer that was lost', () => {
  const twice = runOf({
    producers: [
      {
        ...{ id: 'producer-1', group: 'g', topic: 'Orders', ratePerSecond: 20, messages: 300, mode: 'sync' },
        config: { sendMsgMaxTimeoutPerRequest: 500 },
      },
    ],
    actions: [{ at: '10s', do: 'drop', from: 'broker-a:0', to: 'producer-1', messages: 1 }],
  });
  twice.advance(20_000_000);
  const { sim } = twice;
  let message = -1;
  sim.window?.scan(0, sim.traceCount, ({ kind, a }) => {
    if (kind.type === 'message.delivered-twice') message = a;
    return true;
  });
  const told = whyLost(twice, message)!;
  expect(told).toMatchObject({ verdict: 'safe', finding: 'duplicate' });
  const types = told.steps.map(({ type }) => type);
  const story = [
    'send.called',
    'packet.dropped',
    'call.timed-out',
    'send.may-be-twice',
    'message.delivered-twice',
  ];
  expect(types.filter((type) => story.includes(type))).toEqual(story);
  expect(whyLost(twice, message - 1)?.finding).toBeUndefined();
});

describe('the details of a message', () => {
  it('say where its copies are', () => {
    const both = runOf();
    both.advance(12_000_000);
    const details = messageDetails(both, 10)!;
    expect(details).toMatchObject({
      name: 'm-000010',
      topic: 'Orders',
      producer: 'producer-1',
      result: 'SEND_OK',
      attempts: 1,
      verdict: 'safe',
      deliveries: [{ group: 'order-service', count: 1, done: true }],
    });
    expect(details.uniqueKey).toMatch(/^[0-9A-F]{32}$/);
    expect(details.copies.map(({ process, where, reachable }) => [process, where, reachable])).toEqual([
      ['broker-a:0', 'disk', true],
      ['broker-a:1', 'disk', false],
    ]);
    expect(details.copies[0]?.queue).toBe(details.copies[1]?.queue);
  });

  it('tell the volatile from the safe, the unavailable from the stranded', () => {
    const both = runOf({ environment: { disk: { fsyncMs: 4 } } });
    both.advance(10_050_000);
    const newest = both.sim.state.arena.messages.length - 3;
    expect(messageDetails(both, newest)).toMatchObject({ verdict: 'volatile' });
    both.act({ do: 'kill', target: 'broker-a:0', failure: 'process', atUs: null, afterStep: null });
    expect(messageDetails(both, newest)?.verdict).toBe('unavailable');
    expect(messageDetails(both, 0)?.copies[0]?.reachable).toBe(false);
    both.act({ do: 'restart', target: 'broker-a:0', atUs: null, afterStep: null });
    both.act({ do: 'kill', target: 'broker-a:0', failure: 'disk', atUs: null, afterStep: null });
    expect(messageDetails(both, 0)?.verdict).toBe('stranded');
  });

  it('give the exception of a send that failed, and nothing of what does not exist', () => {
    const failed = entriesOf('send.failed')[0];
    const details = messageDetails(run, entry(failed!).a)!;
    expect(details.result).toMatch(/Exception/);
    expect(messageDetails(run, 1e9)).toBeUndefined();
  });

  it('call lost what is lost', () => {
    expect(messageDetails(run, lost.a)).toMatchObject({ verdict: 'lost', result: 'SEND_OK', copies: [] });
  });
});

it('a unique key is 32 hexadecimal digits that differ for each message', () => {
  const keys = [uniqueKeyOf(0, 3, 0), uniqueKeyOf(1, 3, 0), uniqueKeyOf(0, 4, 0), uniqueKeyOf(0, 3, 9_000)];
  expect(new Set(keys).size).toBe(4);
  expect(keys.every((key) => /^[0-9A-F]{32}$/.test(key))).toBe(true);
});
