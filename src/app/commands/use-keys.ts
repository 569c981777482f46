import { useEffect } from 'react';
import { tinykeys } from 'tinykeys';
import { usePlayground } from '../../state/store';
import { COMMANDS, type Command } from './commands';

/** Listens for the keys of the playground, all over the page. */
export function useKeys(on: boolean): void {
  const singleKeys = usePlayground((state) => state.settings.singleKeys);
  useEffect(() => {
    if (!on) return undefined;
    const pointer = watchPointer();
    const bindings = COMMANDS.flatMap((command) =>
      command.bindings
        .filter((binding) => singleKeys || !isSingle(binding))
        .map((binding) => [binding, listener(command, pointer.hasFocused)] as const),
    );
    const stop = tinykeys(window, Object.fromEntries(bindings));
    return () => {
      stop();
      pointer.stop();
    };
  }, [on, singleKeys]);
}

/** Tells what was focused by a click from what was reached by keyboard; `:focus-visible` no longer does at a key. */
function watchPointer() {
  let isPointing = false;
  let clicked: EventTarget | null = null;
  const leaving = new AbortController();
  const hear = (type: string, listen: (event: Event) => void) =>
    window.addEventListener(type, listen, { capture: true, signal: leaving.signal });
  hear('pointerdown', () => {
    isPointing = true;
  });
  hear('keydown', () => {
    isPointing = false;
  });
  hear('focusin', ({ target }) => {
    clicked = isPointing ? target : null;
  });
  return { hasFocused: (target: Element) => target === clicked, stop: () => leaving.abort() };
}

/** One letter, digit or sign, with Shift at most. */
const isSingle = (binding: string): boolean => /^(?:Shift\+)?.$/.test(binding);

function listener(
  { run, repeats }: Command,
  wasClicked: (target: Element) => boolean,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || event.isComposing || (event.repeat && !repeats)) return;
    const { target } = event;
    if (target instanceof Element && isTaken(target, event, wasClicked(target))) return;
    event.preventDefault();
    run();
  };
}

const TEXT =
  'textarea, [contenteditable], input:not([type="radio"], [type="checkbox"], [type="range"], [type="file"])';
const FLOATING = '[data-radix-popper-content-wrapper], [role="dialog"][aria-modal="true"], [cmdk-root]';
const PRESSED_BY_SPACE = 'button, a, summary, input, [role="button"], [role="option"], [role="switch"]';
const MOVED_BY_ARROWS = 'input, select, [role="slider"], [role="tab"], [role="listbox"], [role="option"]';

/**
 * Whether the key belongs to what has the focus: a text, an open menu, or a control that was reached by keyboard. A
 * control that was clicked keeps the focus too, but there the arrows still step and Space still plays.
 */
function isTaken(target: Element, { key }: KeyboardEvent, wasClicked: boolean): boolean {
  if (target.closest(TEXT)) return true;
  if (key === 'Escape') return false;
  if (target.closest(FLOATING)) return true;
  if (wasClicked) return false;
  if (key === ' ') return target.matches(PRESSED_BY_SPACE);
  return /^(?:Arrow|Home|End)/.test(key) && target.matches(MOVED_BY_ARROWS);
}
