import { navigate } from 'wouter/use-hash-location';
import { engine } from '../state/browser-engine';
import { usePlayground } from '../state/store';
import { changeShell } from './shell-state';

/** The scenario of a first visit. */
const FIRST_SCENARIO = 'architecture-tour';

/** What an address asks for. */
export type Asked =
  | { readonly kind: 'home' }
  | { readonly kind: 'built-in'; readonly id: string }
  | { readonly kind: 'link'; readonly code: string };

/** `#/`, `#/s/<built-in id>`, `#/r/<share>`; anything else is home. */
export function readAddress(path: string): Asked {
  const [, kind, ...rest] = path.split('/');
  const value = rest.join('/');
  if (kind === 's' && value !== '') return { kind: 'built-in', id: decodeURIComponent(value) };
  if (kind === 'r' && value !== '') return { kind: 'link', code: value };
  return { kind: 'home' };
}

/** Opens what the address asks for. There is always something to see: at worst the cluster of a first visit. */
export async function openAddress(asked: Asked): Promise<void> {
  switch (asked.kind) {
    case 'built-in':
      return openFresh(asked.id);
    case 'link': {
      const opened = await engine().openLink(asked.code);
      navigate('/', { replace: true });
      if (!opened && usePlayground.getState().run === 0) openFirst();
      return;
    }
    case 'home': {
      if (usePlayground.getState().run !== 0) return;
      if (!(await engine().openSaved())) openFirst();
      return;
    }
  }
}

/** Opens a built-in scenario from its beginning and gives it an address. */
export function openBuiltIn(id: string): void {
  changeShell({ firstDone: false, whyEntry: null });
  if (location.hash === `#/s/${id}`) openFresh(id);
  else navigate(`/s/${id}`);
}

function openFresh(id: string): void {
  engine().openBuiltIn(id, { play: true });
  if (usePlayground.getState().run === 0 && usePlayground.getState().sayings.length > 0) openFirst();
}

/** The page is alive before anybody touches it. */
const openFirst = (): void => engine().openBuiltIn(FIRST_SCENARIO, { play: true });
