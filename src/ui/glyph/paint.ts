/** The inks that a glyph is made of, by the names of the tokens without `--c-`. */
export const PAINTS = [
  'surface',
  'ink',
  'ink-2',
  'ink-3',
  'mem',
  'mem-tint',
  'cache',
  'disk',
  'slave',
  'slave-tint',
  'lost',
  'lost-tint',
  'anom',
  'anom-tint',
] as const;

export type Paint = (typeof PAINTS)[number];
export type Palette = Readonly<Record<Paint, string>>;

export const paintVar = (paint: Paint): string => `var(--c-${paint})`;

/** The colours of the theme in force, for a canvas. Read it again when the theme changes. */
export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(
    PAINTS.map((paint) => [paint, style.getPropertyValue(`--c-${paint}`).trim()]),
  ) as Record<Paint, string>;
}
