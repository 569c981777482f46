import { usePlayground } from '../state/store';

/** The code of the graph, asked for at once: outlines of the nodes stand in its place until it is here. */
export const graphCode = import('../features/canvas/ClusterGraph');

const firstView = new Promise<void>((resolve) => {
  const stop = usePlayground.subscribe(({ view, engine, failed, unreadable }) => {
    if (view === null && engine !== 'gone' && failed === null && unreadable === null) return;
    stop();
    resolve();
  });
});

/** When the cluster lives, or never will. What the first picture does not need is asked for only then. */
export const firstPicture: Promise<unknown> = Promise.allSettled([graphCode, firstView]).then(
  () => new Promise(requestAnimationFrame),
);
