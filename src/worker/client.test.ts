import { describe, expect, it } from 'vitest';
import type { Product } from '../engine/product';
import { createHarness, goTo, KILL, ManualClock, picture, SECOND, toyFile } from './fixtures/harness';
import { toyProduct } from './fixtures/toy-product';
import { inlineTransport } from './inline-transport';
import type { ToEngine } from './protocol';
import type { Breakdown, OpenTransport, TransportEvents } from './transport';

/** Engines that can be made to die: each opened one is real until it is told to hang or to break. */
function mortalEngines() {
  const engines: { events: TransportEvents; received: ToEngine[]; isHanging: boolean }[] = [];
  const clock = new ManualClock();
  const inline = inlineTransport({
    now: clock.now,
    defer: clock.defer,
    product: toyProduct as Product<unknown>,
  });
  const open: OpenTransport = (events) => {
    const engine = { events, received: [] as ToEngine[], isHanging: false };
    engines.push(engine);
    const transport = inline({
      update: (update) => {
        if (!engine.isHanging) events.update(update);
      },
      broken: events.broken,
    });
    return {
      send: (request) => {
        engine.received.push(request);
        transport.send(request);
      },
      close: transport.close,
    };
  };
  const harness = createHarness({ open, clock });
  const breakDown = (how: Breakdown) => engines.at(-1)?.events.broken(how, 'out of memory');
  const hang = () => {
    const engine = engines.at(-1);
    if (engine !== undefined) engine.isHanging = true;
  };
  return { ...harness, engines, breakDown, hang };
}

describe('an engine that dies', () => {
  it.each(['error', 'messageerror'] as const)('is started again at the same moment after %s', async (how) => {
    const { client, clock, frame, last, digest, breakDown, engines } = mortalEngines();
    client.load(toyFile());
    client.send({ type: 'seek', to: { timeUs: SECOND } });
    client.send({ type: 'act', action: KILL });
    client.send({ type: 'seek', to: { timeUs: 6 * SECOND } });
    clock.settle();
    const before = frame();
    const digestBefore = await digest();
    const { undo, past } = last('history') ?? {};

    breakDown(how);
    clock.settle();
    expect(engines).toHaveLength(2);
    expect(last('restarted')).toMatchObject({ how, detail: 'out of memory' });
    const after = frame();
    expect(after).toMatchObject({ nowUs: before.nowUs, step: before.step, run: before.run, playing: false });
    expect(await digest()).toBe(digestBefore);
    expect(last('history')).toMatchObject({ actions: [{ do: 'kill', atUs: SECOND }], undo, redo: 0, past });
  });

  it('leaves what was done to be taken back, and brought back, by its successor', async () => {
    const harness = mortalEngines();
    const { client, clock, last, breakDown } = harness;
    client.load(toyFile());
    clock.settle();
    const without = await picture(harness, goTo(harness, { timeUs: 9 * SECOND }));
    goTo(harness, { timeUs: SECOND });
    client.send({ type: 'act', action: KILL });
    const killed = await picture(harness, goTo(harness, { timeUs: 9 * SECOND }));
    goTo(harness, { timeUs: 3 * SECOND });
    client.send({ type: 'act', action: { do: 'restart', target: 'b' } });
    client.send({ type: 'undo' });
    clock.settle();
    expect(last('history')).toMatchObject({ undo: 1, redo: 1 });
    harness.frame();
    breakDown('error');
    clock.settle();
    expect(last('history')).toMatchObject({ actions: [{ do: 'kill' }], undo: 1, redo: 1 });
    client.send({ type: 'undo' });
    expect(await picture(harness, goTo(harness, { timeUs: 9 * SECOND }))).toEqual(without);
    client.send({ type: 'redo' });
    expect(await picture(harness, goTo(harness, { timeUs: 9 * SECOND }))).toEqual(killed);
    client.send({ type: 'redo' });
    clock.settle();
    expect(last('history')?.actions).toMatchObject([{ do: 'kill' }, { do: 'restart' }]);
  });

  it('is noticed by its silence while there is work', () => {
    const { client, clock, last, hang, engines } = mortalEngines();
    client.load(toyFile());
    clock.settle();
    hang();
    client.send({ type: 'seek', to: { timeUs: SECOND } });
    clock.pass(1_900, 50);
    expect(last('restarted')).toBeUndefined();
    expect(engines[0]?.received.at(-1)).toEqual({ type: 'ping' });
    clock.pass(500, 50);
    expect(last('restarted')?.how).toBe('silent');
  });

  it('is given time to be fetched and compiled before its first word', () => {
    const { client, clock, last, hang } = mortalEngines();
    client.load(toyFile());
    hang();
    clock.pass(14_000, 200);
    expect(last('restarted')).toBeUndefined();
    clock.pass(2_000, 200);
    expect(last('restarted')?.how).toBe('silent');
  });

  it('keeps its pace, its selection and its pause', () => {
    const { client, clock, hang, engines } = mortalEngines();
    client.load(toyFile());
    client.send({ type: 'play', pacing: 'clock', rate: 3, reduced: false });
    client.send({ type: 'follow', message: 4 });
    clock.settle();
    hang();
    client.send({ type: 'frame', view: false });
    clock.pass(3_000, 50);
    const types = engines[1]?.received.map(({ type }) => type);
    expect(types).toEqual(['load', 'pace', 'follow']);
    expect(engines[1]?.received[1]).toMatchObject({ rate: 3, pacing: 'clock' });
  });

  it('answers open questions with nothing instead of never', async () => {
    const { client, clock, hang } = mortalEngines();
    client.load(toyFile());
    clock.settle();
    hang();
    const answer = client.ask({ kind: 'digest' });
    clock.pass(3_000, 50);
    expect((await answer).kind).toBe('none');
  });

  it('is not started again for ever', () => {
    const { client, clock, breakDown, engines, last } = mortalEngines();
    client.load(toyFile());
    for (let i = 0; i < 5; i++) {
      clock.pass(100);
      breakDown('error');
    }
    expect(engines).toHaveLength(4);
    expect(last('gone')?.how).toBe('error');
    client.load(toyFile());
    clock.settle();
    expect(engines).toHaveLength(5);
    expect(last('loaded')?.run).toBe(2);
  });

  it('is no longer listened to', () => {
    const { client, clock, breakDown, engines, all } = mortalEngines();
    client.load(toyFile());
    clock.settle();
    breakDown('error');
    clock.settle();
    const count = all('alive').length;
    engines[0]?.events.update({ type: 'alive', step: 1, timeUs: 1 });
    engines[0]?.events.broken('error', '');
    expect(all('alive')).toHaveLength(count);
    expect(engines).toHaveLength(2);
  });
});

describe('a living engine', () => {
  it('may be silent as long as nothing is asked of it, or a frame has nothing new to show', () => {
    const { client, clock, last, frame } = mortalEngines();
    client.load(toyFile());
    clock.settle();
    frame();
    client.send({ type: 'frame', view: false });
    clock.pass(60_000, 100);
    expect(last('restarted')).toBeUndefined();
  });

  it('is not blamed for the sleep of the page', () => {
    const { client, clock, last, hang } = mortalEngines();
    client.load(toyFile());
    clock.settle();
    hang();
    client.send({ type: 'frame', view: false });
    clock.pass(3_600_000, 3_600_000);
    expect(last('restarted')).toBeUndefined();
  });
});
