import { navigate } from 'wouter/use-hash-location';
import { firstEntry } from '../content/scenarios/first';
import { errors } from '../i18n/areas/errors';
import { engine } from '../state/browser-engine';
import { usePlayground } from '../state/store';
import { changeShell } from './shell-state';

/** What an address asks for. */
export type Asked =
  | { readonly kind: 'home' }
  | { readonly kind: 'built-in'; readonly id: string }
  | { readonly kind: 'link'; readonly code: string };

/** `#/`, `#/s/<built-in id>`, `#/r/<share>`; anything else is home. */
export function readAddress(path: string): Asked {
  const [, kind, ...rest] = path.split('/');
  const value = rest.join('/');
  if (kind === 's' && value !== '') return { kind: 'built-in', id: decoded(value) };
  if (kind === 'r' && value !== '') return { kind: 'link', code: value };
  return { kind: 'home' };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether this page has asked for a run already: an address without one then changes nothing. */
let hasAsked = false;

/** Opens what the address asks for. There is always something to see: at worst the cluster of a first visit. */
export async function openAddress(asked: Asked): Promise<void> {
  const isFirst = !hasAsked;
  hasAsked = true;
  switch (asked.kind) {
    case 'built-in':
      await openFresh(asked.id, isFirst);
      return;
    case 'link': {
      const opened = await engine().openLink(asked.code);
      if (!opened) {
        sayBroken();
        if (isFirst) openFirst();
      }
      // What is done from here on is not in the link any more.
      navigate('/', { replace: true });
      return;
    }
    case 'home':
      if (!isFirst) return;
      if (await engine().openSaved()) playWhenUntouched();
      else openFirst();
      return;
  }
}

/** A run that nobody has acted on goes on by itself; one with actions rests at the moment where it was left. */
function playWhenUntouched(): void {
  const stop = usePlayground.subscribe(({ view, isJumping, actions }) => {
    if (view === null || isJumping) return;
    stop();
    if (actions.length === 0) engine().play();
  });
}

function sayBroken(): void {
  const { unreadable } = usePlayground.getState();
  const { en, zh } = errors.texts.brokenLink;
  engine().say('warning', {
    en: en.replace('{{reason}}', unreadable?.en ?? ''),
    zh: zh.replace('{{reason}}', unreadable?.zh ?? ''),
  });
  usePlayground.setState({ unreadable: null });
}

/** Opens a built-in scenario from its beginning and gives it an address. */
export function openBuiltIn(id: string): void {
  changeShell({ firstDone: false, whyEntry: null });
  if (location.hash === `#/s/${id}`) void openFresh(id, false);
  else navigate(`/s/${id}`);
}

async function openFresh(id: string, isFirst: boolean): Promise<void> {
  const opened = await engine().openBuiltIn(id, { play: true });
  if (isFirst && !opened) openFirst();
}

/** The page is alive before anybody touches it. */
function openFirst(): void {
  void engine().openBuiltIn(firstEntry.id, { play: true });
}
