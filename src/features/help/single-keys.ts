const NAMED = new Set(['Space', 'Home', 'End', 'Tab', 'Enter', 'Esc', '→', '←']);
const MODIFIERS = new Set(['Ctrl', 'Alt', 'Meta']);

/** Whether the caps are one letter, digit or sign, with Shift at most: what speech input may press by mistake. */
export const isSingleKey = (caps: readonly string[]): boolean =>
  !caps.some((cap) => NAMED.has(cap) || MODIFIERS.has(cap));
