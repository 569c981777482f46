import { lazy } from 'react';
import { firstPicture } from './first-picture';

type Around = typeof import('./around');
type Part = Exclude<keyof Around, 'clocked'>;

const around = firstPicture.then(() => import('./around'));
const inspectorCode = firstPicture.then(() => import('../features/inspector/Inspector'));

/** A part that stands around the graph. Its place is kept free until it has come. */
export const late = <K extends Part>(name: K) =>
  lazy<Around[K]>(async () => ({ default: (await around)[name] }));

export const Inspector = lazy(async () => {
  const [{ clocked }, { Inspector: Plain }] = await Promise.all([around, inspectorCode]);
  return { default: clocked(Plain) };
});
