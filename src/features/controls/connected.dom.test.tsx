import { act, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { setEngine } from '../../state/browser-engine';
import { Engine } from '../../state/engine';
import { defaultSettings } from '../../state/settings';
import { createInitial, usePlayground } from '../../state/store';
import { UiRoot } from '../../ui/UiRoot';
import { ManualClock } from '../../worker/fixtures/harness';
import { inlineTransport } from '../../worker/inline-transport';
import { Controls } from './Controls';

/** A quiet cluster: the engine looks far ahead while it waits. */
const FILE = {
  format: 'mq-playground/scenario@1',
  product: 'rocketmq',
  nameservers: [{ id: 'ns-1' }],
  brokers: [{ id: 'broker-a:0', brokerName: 'broker-a' }],
  topics: [{ name: 'Orders', queues: 1 }],
  producers: [{ id: 'P1', group: 'senders', topic: 'Orders' }],
};

function open() {
  usePlayground.setState(createInitial(defaultSettings(['en'])), true);
  const clock = new ManualClock();
  const draws: (() => void)[] = [];
  const engine = new Engine(usePlayground, {
    open: inlineTransport({ now: clock.now, defer: clock.defer }),
    now: clock.now,
    every: clock.every,
    nextFrame: (draw) => draws.push(draw),
    prefersReducedMotion: () => false,
  });
  setEngine(engine);
  engine.open(FILE);
  render(
    <UiRoot lang="en">
      <Controls />
    </UiRoot>,
  );
  /** Lets the engine work and the page draw. */
  const settle = () =>
    act(async () => {
      for (let i = 0; i < 20; i++) {
        for (const next of draws.splice(0)) next();
        clock.pass(16, 16);
        await Promise.resolve();
      }
    });
  return { engine, settle };
}

afterEach(() => setEngine(undefined));

it('changes the cluster that runs, and shows what it is set to at each moment', async () => {
  const { engine, settle } = open();
  await settle();
  engine.seek({ timeUs: 1_000_000 });
  await settle();
  const sync = () =>
    within(
      screen.getByRole('radiogroup', { name: 'flushDiskType of broker-a:0' }),
    ).getByRole<HTMLInputElement>('radio', {
      name: 'SYNC',
    });
  fireEvent.click(sync());
  await settle();
  expect(usePlayground.getState().actions).toMatchObject([
    { do: 'set', config: { flushDiskType: 'SYNC_FLUSH' } },
  ]);
  expect(sync().checked).toBe(true);

  fireEvent.click(screen.getByRole('button', { name: 'Power loss' }));
  await settle();
  expect(screen.getByText('broker-a:0 no power')).toBeTruthy();
  expect(usePlayground.getState().processes['broker-a:0']).toMatchObject({ state: 'down', failure: 'power' });

  engine.seek({ timeUs: 500_000 });
  await settle();
  expect(sync().checked).toBe(false);
  expect(screen.getByText('Everything runs as the scenario has it.')).toBeTruthy();
});

it('sends one message and follows it', async () => {
  const { settle } = open();
  await settle();
  fireEvent.click(screen.getByRole('button', { name: 'Send one' }));
  fireEvent.click(screen.getByRole('button', { name: 'Send and follow' }));
  await settle();
  await settle();
  expect(usePlayground.getState().selectedMessage).not.toBeNull();
  expect(screen.getByText(/^Following m-/)).toBeTruthy();
});
