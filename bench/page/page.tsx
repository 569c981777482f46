/** The site with a handle, for `bench/browser.ts`. */
import { createRoot, type Root } from 'react-dom/client';
import { App } from '../../src/app/App';
import { engine } from '../../src/state/browser-engine';
import { type Playground, usePlayground } from '../../src/state/store';
import type { EngineSpeeds } from '../engine';
import { ReactDots } from './ReactDots';
import { fullStage, type Stage } from './stage';
import '../../src/ui/styles.css';

export type Dots = 'none' | 'canvas' | 'react';

export interface BenchPage {
  engineSpeeds(): Promise<EngineSpeeds>;
  /** Opens a scenario file, paused, and waits for its first picture. */
  open(file: unknown): Promise<void>;
  /** Milliseconds from the request to the drawn frame. */
  seek(timeUs: number): Promise<number>;
  /** Plays as fast as it goes for so long. The simulated microseconds that passed. */
  playFor(wallMs: number): Promise<number>;
  /** Puts the large cluster on the screen in place of what the engine shows. */
  stage(): Promise<void>;
  /** Plays the staged cluster for a while. The number of frames. */
  film(dots: Dots, wallMs: number): Promise<number>;
  /** Bytes of heaps and array buffers, of the page and its workers. */
  memory(): Promise<number>;
  /** What the page has warned of: above all a worker that was silent for too long and was started again. */
  warnings(): readonly string[];
}

/** Times a second that the cards get new numbers, as from the engine. */
const VIEW_EACH_MS = 100;
const RATE_MAX = 1_000;

createRoot(document.getElementById('root') as HTMLElement).render(<App />);

const until = (fits: (state: Playground) => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (state: Playground) => {
      if (!fits(state)) return;
      stop();
      resolve();
    };
    const stop = usePlayground.subscribe(look);
    look(usePlayground.getState());
  });

/** After the next picture was drawn: a task behind the callbacks of its frame. */
const drawn = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    });
  });

let staged: Stage | undefined;
let peer: Root | undefined;

const bench: BenchPage = {
  engineSpeeds: () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./speed.worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<EngineSpeeds>) => {
        worker.terminate();
        resolve(data);
      };
      worker.onerror = (event) => reject(new Error(event.message));
    }),

  async open(file) {
    await until(({ view }) => view !== null);
    const { run } = usePlayground.getState();
    engine().open(file);
    await until((state) => state.run > run && state.view !== null);
    await drawn();
  },

  async seek(timeUs) {
    const startMs = performance.now();
    engine().seek({ timeUs });
    await until(({ isJumping, nowUs }) => !isJumping && nowUs === timeUs);
    await drawn();
    return performance.now() - startMs;
  },

  async playFor(wallMs) {
    const fromUs = usePlayground.getState().nowUs;
    engine().change({ pacing: 'clock', clockRate: RATE_MAX });
    engine().play();
    await new Promise((resolve) => setTimeout(resolve, wallMs));
    const passedUs = usePlayground.getState().nowUs - fromUs;
    engine().pause();
    await until(({ playing }) => !playing);
    return passedUs;
  },

  async stage() {
    engine().pause();
    engine().change({ pacing: 'clock', clockRate: 1 });
    await until(({ view, playing }) => view !== null && !playing);
    staged = fullStage();
    staged.show(0);
    await drawn();
  },

  film(dots, wallMs) {
    const stage = staged;
    if (stage === undefined) throw new Error('Nothing is staged.');
    const over = document.createElement('div');
    over.style.cssText = 'position:fixed;inset:0;z-index:9;pointer-events:none';
    if (dots === 'react') {
      document.body.append(over);
      peer = createRoot(over);
      peer.render(<ReactDots count={stage.dots} />);
    }
    return new Promise((resolve) => {
      let frames = 0;
      let viewedMs = 0;
      let startMs = 0;
      const next = (nowMs: number) => {
        startMs ||= nowMs;
        if (nowMs - startMs >= wallMs) {
          peer?.unmount();
          peer = undefined;
          over.remove();
          resolve(frames);
          return;
        }
        frames++;
        stage.move(nowMs, dots === 'canvas');
        if (nowMs - viewedMs >= VIEW_EACH_MS) {
          viewedMs = nowMs;
          stage.show(frames);
        }
        requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
    });
  },

  async memory() {
    const { measureUserAgentSpecificMemory } = performance as Performance & {
      measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
    };
    return (await measureUserAgentSpecificMemory.call(performance)).bytes;
  },

  warnings: () =>
    usePlayground
      .getState()
      .sayings.filter(({ kind }) => kind === 'warning')
      .map(({ text }) => text.en),
};

Object.assign(window, { bench });
