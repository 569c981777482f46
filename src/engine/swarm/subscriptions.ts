import { type Arena, messageProperty, messageTag } from '../model/world';
import type { Filter } from '../scenario/types';

/** What groups subscribe to in trials, and what that means: told here once more, for the engine to be held against. */

/** Two of them have the same Java hash code, which is all that a broker compares (FI-2). */
export const TAGS: readonly string[] = ['Aa', 'BB', 'new', 'paid'];
export const TAG_FILTERS: readonly string[] = ['Aa', 'BB', 'new', 'Aa || new', 'BB || paid', '*'];

/** Values that messages take in turn. No message has a `discount`. */
export const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
  amount: ['5', '20', '60', '100', '7'],
  region: ['EU', 'US', 'CN'],
};

type Meaning = (amount: number, region: string, tag: string) => boolean;

const SQL: Readonly<Record<string, Meaning>> = {
  'amount > 20': (amount) => amount > 20,
  "region = 'EU' AND amount BETWEEN 7 AND 60": (amount, region) =>
    region === 'EU' && amount >= 7 && amount <= 60,
  "region IN ('EU', 'US') OR amount >= 100": (amount, region) => region !== 'CN' || amount >= 100,
  "TAGS = 'Aa' AND NOT (amount <= 5)": (amount, _, tag) => tag === 'Aa' && amount > 5,
  // What a message does not have is neither true nor false.
  'discount > 5 OR amount = 60': (amount) => amount === 60,
  "NOT (discount > 5) OR region = 'CN'": (_, region) => region === 'CN',
  'discount IS NULL AND region IS NOT NULL': () => true,
};
export const SQL_FILTERS: readonly string[] = Object.keys(SQL);

/** Whether a consumer with this filter asks for a message. */
export function asksFor(filter: Filter, arena: Arena, message: number): boolean {
  const tag = messageTag(arena, message);
  if (filter.kind === 'tags') return filter.tags.length === 0 || filter.tags.includes(tag);
  const meaning = SQL[filter.expression];
  if (meaning === undefined) throw new Error(`Nobody has said what ${filter.expression} means`);
  const [amount, region] = ['amount', 'region'].map((name) => messageProperty(arena, message, name));
  // A message sent by hand has its properties from the workload as well.
  return meaning(Number(amount), region ?? '', tag);
}
