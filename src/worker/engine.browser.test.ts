import { afterEach, expect, inject, it } from 'vitest';
import { catalog } from '../content/scenarios/catalog';
import { EngineClient } from './client';
import { DIGESTED } from './fixtures/digested';
import { inlineTransport } from './inline-transport';
import type { AnswerTo, Frame } from './protocol';
import type { OpenTransport } from './transport';
import { openWorker } from './worker-transport';

const file = { ...(catalog[0]?.file as object), actions: DIGESTED.actions };
let client: EngineClient | undefined;
afterEach(() => client?.close());

/** The run of `DIGESTED` over a transport: its digest, and the frame at its end. */
async function play(open: OpenTransport): Promise<{ answer: AnswerTo<'digest'>; frame: Frame }> {
  const frame = new Promise<Frame>((resolve, reject) => {
    client = new EngineClient({
      open,
      now: () => performance.now(),
      every: (ms, work) => {
        const timer = setInterval(work, ms);
        return () => clearInterval(timer);
      },
      hear: (event) => {
        if (event.type === 'frame') resolve(event);
        if (event.type === 'failed' || event.type === 'restarted') reject(new Error(JSON.stringify(event)));
      },
    });
  });
  client?.load(file);
  client?.send({ type: 'seek', to: { timeUs: DIGESTED.untilUs } });
  const answer = await (client as EngineClient).ask<'digest'>({ kind: 'digest' });
  client?.send({ type: 'frame', view: true });
  return { answer: answer as AnswerTo<'digest'>, frame: await frame };
}

it('a run is the same in the browser and in Node, in a worker and outside of it', async () => {
  const expected = inject('nodeDigest');
  const inWorker = await play(openWorker);
  expect(inWorker.answer).toMatchObject({ digest: expected.digest, moment: { step: expected.step } });
  const onThread = await play(
    inlineTransport({ now: () => performance.now(), defer: (work) => setTimeout(work, 0) }),
  );
  expect(onThread.answer.digest).toBe(expected.digest);
  expect(inWorker.frame.view).toEqual(onThread.frame.view);
  expect(inWorker.frame.nowUs).toBe(DIGESTED.untilUs);
});
