import type { Filter, PropertyCycles } from '../../../engine/scenario/types';

/** `a, b c` → `['a', 'b', 'c']`. */
export const wordsOf = (text: string): string[] => text.split(/[\s,，]+/).filter(Boolean);

/** `region=eu|us; vip=true`: each property with its values in turn; undefined where it is written otherwise. */
export function propertiesOf(text: string): Record<string, string[]> | undefined {
  const properties: Record<string, string[]> = {};
  for (const part of text.split(/[;；]/).filter((each) => each.trim() !== '')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    const values = part
      .slice(at + 1)
      .split('|')
      .map((value) => value.trim());
    if (at < 0 || name === '' || values.includes('')) return undefined;
    properties[name] = values;
  }
  return properties;
}

export const propertiesText = (properties: PropertyCycles): string =>
  Object.entries(properties)
    .map(([name, values]) => `${name}=${values.join('|')}`)
    .join('; ');

/** As the file writes it: `*`, `TagA || TagB`, or the expression itself. */
export const filterText = (filter: Filter): string =>
  filter.kind === 'sql' ? filter.expression : filter.tags.join(' || ') || '*';

export const filterFile = (filter: Filter): string | { readonly sql: string } =>
  filter.kind === 'sql' ? { sql: filter.expression } : filterText(filter);

/** Delay levels of a broker as choices: `3` stands for `10s`. */
export const delayLevelsOf = (messageDelayLevel: string): readonly string[] =>
  messageDelayLevel.split(' ').filter(Boolean);
