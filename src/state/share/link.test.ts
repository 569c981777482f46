import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../content/scenarios/catalog';
import { parseScenario } from '../../engine/scenario/parse';
import { MODEL_VERSION } from '../../engine/scenario/products';
import type { Scenario } from '../../engine/scenario/types';
import { fromBase64Url, toBase64Url } from './base64url';
import { decodeLink, encodeLink, LINK_CHARS_MAX } from './link';
import { pack, type RunPackage } from './package';

const DIGEST = '0123456789abcdef';
const first = catalog[0] as (typeof catalog)[number];

function read(file: unknown): Scenario {
  const parsed = parseScenario(file);
  if (!parsed.ok) throw new Error(parsed.problem.message.en);
  return parsed.scenario;
}

const scenario = read(first.file);
const actions = read({
  ...(first.file as object),
  actions: [
    { at: '5s', do: 'kill', target: 'broker-a:0', failure: 'power' },
    { afterStep: 48_211, do: 'restart', target: 'broker-a:0' },
  ],
}).actions;
const shared: RunPackage = {
  scenario,
  builtIn: null,
  actions,
  moment: { step: 7, timeUs: 9 },
  digest: DIGEST,
};

/** A link that holds any text, as a stranger would make it. */
const linkTo = (text: string) => toBase64Url(new Uint8Array(deflateRawSync(text)));
const linkWith = (changes: Record<string, unknown>) =>
  linkTo(JSON.stringify({ ...(JSON.parse(pack(shared)) as object), ...changes }));

async function opened(link: string) {
  const result = await decodeLink(link);
  if (!result.ok) throw new Error(result.message.en);
  return result.run;
}

async function refusal(link: string) {
  const result = await decodeLink(link);
  return result.ok ? undefined : result.message;
}

describe('a share link', () => {
  it('brings the same run: scenario, actions, moment, digest', async () => {
    const run = await opened((await encodeLink(shared)) as string);
    expect(read(run.source)).toEqual({ ...scenario, actions });
    expect(run).toMatchObject({
      moment: { step: 7, timeUs: 9 },
      digest: DIGEST,
      otherModel: null,
      notes: [],
    });
  });

  it.each(catalog.map(({ id, file }) => [id, file] as const))('brings %s as it is', async (_, file) => {
    const link = await encodeLink({ ...shared, scenario: read(file), actions: read(file).actions });
    expect(read((await opened(link as string)).source)).toEqual(read(file));
  });

  it('brings transactions, an SQL filter, controllers and group settings back', async () => {
    const elected = { enableControllerMode: true, enablePropertyFilter: true, allAckInSyncStateSet: true };
    const rich = read({
      format: 'mq-playground/scenario@1',
      product: 'rocketmq',
      nameservers: [{ id: 'ns-1' }],
      controllers: ['ctl-0', 'ctl-1', 'ctl-2'].map((id) => ({
        id,
        config: { enableElectUncleanMaster: true },
      })),
      brokers: [0, 1].map((n) => ({ id: `broker-a:${n}`, brokerName: 'broker-a', config: elected })),
      topics: [{ name: 'Orders', queues: 4 }],
      subscriptionGroups: [{ name: 'order-service', config: { retryQueueNums: 2 } }],
      producers: [
        {
          id: 'producer-1',
          group: 'order-producers',
          topic: 'Orders',
          mode: 'transaction',
          localTransaction: {
            database: 'db',
            takesMs: 40,
            outcomes: ['commit', 'unknown'],
            answers: ['truth'],
          },
          properties: { region: ['EU', '华东'] },
          ratePerSecond: 20,
        },
      ],
      consumers: [
        {
          id: 'consumer-1',
          group: 'order-service',
          topic: 'Orders',
          filter: { sql: "region = 'EU' AND amount > 5" },
          protocol: 'pop',
        },
      ],
      databases: [{ id: 'db' }],
      actions: [
        { at: '3s', do: 'kill', target: 'ctl-0' },
        {
          at: '4s',
          do: 'send',
          target: 'producer-1',
          message: { outcome: 'rollback', properties: { amount: '7' } },
        },
        { at: '9s', do: 'resendDeadLetters', group: 'order-service' },
      ],
    });
    const link = await encodeLink({ ...shared, scenario: rich, actions: rich.actions });
    const run = await opened(link as string);
    expect(read(run.source)).toEqual(rich);
    expect(run.notes).toEqual([]);
  });

  it('names a built-in scenario instead of repeating it, unless it was changed', async () => {
    const named = (await encodeLink({ ...shared, builtIn: first.id })) as string;
    const whole = (await encodeLink(shared)) as string;
    expect(named.length).toBeLessThan(whole.length / 2);
    expect((await opened(named)).builtIn).toBe(first.id);
    expect(read((await opened(named)).source)).toEqual({ ...scenario, actions });
    const changed = await encodeLink({ ...shared, builtIn: first.id, scenario: { ...scenario, seed: 99 } });
    expect(await opened(changed as string)).toMatchObject({ builtIn: null, source: { seed: 99 } });
  });

  it('is text for an address', async () => {
    expect(await encodeLink(shared)).toMatch(/^[A-Za-z0-9_-]+$/);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('is not made when it would be too long', async () => {
    const noise = (_: unknown, i: number) =>
      String.fromCharCode(97 + (((i * i * 48_271) % 2_147_483_647) % 26));
    const sends = Array.from({ length: 40 }, (_, i) => ({
      at: `${i}s`,
      do: 'send',
      target: 'producer-1',
      message: { body: Array.from({ length: 4_000 }, (_, k) => noise(_, k + 5_003 * i)).join('') },
    }));
    const long = read({ ...(first.file as object), actions: sends }).actions;
    expect(await encodeLink({ ...shared, actions: long })).toBeUndefined();
  });
});

describe('a link that is broken', () => {
  it('is refused however it is damaged', async () => {
    const link = (await encodeLink(shared)) as string;
    for (const damaged of ['', '!', link.slice(0, -9), link.slice(4), linkTo('{"v":1'), linkTo('7')]) {
      expect((await refusal(damaged))?.en).toBeTruthy();
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(link.length - 1), fc.constantFrom(...'AZaz09-_'), async (at, char) => {
        const result = await decodeLink(link.slice(0, at) + char + link.slice(at + 1));
        // Whatever still opens is a scenario that the engine can run.
        if (result.ok) expect(parseScenario(result.run.source).ok).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('stops reading a bomb', async () => {
    const bomb = toBase64Url(new Uint8Array(deflateRawSync(Buffer.alloc(20_000_000, ' '))));
    expect(bomb.length).toBeLessThan(LINK_CHARS_MAX);
    expect((await refusal(bomb))?.en).toContain('larger');
    expect((await refusal('A'.repeat(LINK_CHARS_MAX + 1)))?.en).toContain('larger');
  });

  it('is refused with the reason when its scenario is none', async () => {
    expect(
      (await refusal(linkWith({ scenario: { ...(first.file as object), product: 'kafka' } })))?.en,
    ).toContain('kafka');
    expect((await refusal(linkWith({ scenario: 'no-such-scenario' })))?.en).toContain('no-such-scenario');
    expect((await refusal(linkWith({ scenario: 7 })))?.en).toContain('no run');
  });
});

describe('what differs', () => {
  it('is said of another model', async () => {
    expect((await opened(linkWith({ model: MODEL_VERSION + 3 }))).otherModel).toBe(MODEL_VERSION + 3);
  });

  it('is said of a newer shape, which is not guessed at', async () => {
    expect((await refusal(linkWith({ v: 2 })))?.en).toContain('newer');
    expect((await refusal(linkWith({ v: 'x' })))?.en).toContain('no run');
  });

  it('is said of parts that nobody knows', async () => {
    const { notes } = await opened(linkWith({ camera: { zoom: 2 } }));
    expect(notes.map(({ en }) => en)).toEqual([expect.stringContaining('camera')]);
  });

  it('is said of actions that cannot be read; the run opens without them, at its beginning', async () => {
    const run = await opened(linkWith({ actions: [{ at: '5s', do: 'kill', target: 'nobody' }] }));
    expect(run).toMatchObject({ moment: undefined, digest: undefined });
    expect(run.notes[0]?.en).toContain('nobody');
    expect(read(run.source).actions).toEqual([]);
  });

  it('is said of a moment or a digest that cannot be read', async () => {
    const lost = await opened(linkWith({ moment: { step: -1 } }));
    expect(lost.notes[0]?.en).toContain('moment');
    const unproven = await opened(linkWith({ digest: 'xyz' }));
    expect(unproven.digest).toBeUndefined();
    expect(unproven.notes[0]?.en).toContain('digest');
  });
});
