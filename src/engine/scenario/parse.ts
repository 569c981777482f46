import { type JsonObject, readJson } from './json';
import { migrate } from './migrate';
import { nearest } from './nearest';
import { normalise } from './normalise';
import { both, describeValue, type Problem, quote, Refusal } from './problem';
import { PRODUCTS } from './products';
import { scenario as scenarioSchema } from './schema';
import { readAs } from './schema-kit';
import type { ReadScenario } from './types';

export type Parsed =
  | ({ readonly ok: true } & ReadScenario)
  | { readonly ok: false; readonly problem: Problem };

/**
 * Reads a scenario file, whole or not at all: its text, or a value that was parsed from JSON already.
 * The first mistake is told with its place, what was found, what was expected, and where possible the remedy.
 * Nothing in the file is run or trusted.
 */
export function parseScenario(source: unknown): Parsed {
  try {
    const document = migrate(readJson(source));
    refuseOtherProducts(document);
    return { ok: true, ...normalise(readAs(scenarioSchema, document, [])) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Before the schema, which would refuse another product's fields one by one. */
function refuseOtherProducts({ product }: JsonObject): void {
  const known =
    typeof product === 'string' && Object.hasOwn(PRODUCTS, product) ? PRODUCTS[product] : undefined;
  if (known?.modelled) return;
  const names = Object.keys(PRODUCTS)
    .filter((name) => PRODUCTS[name]!.modelled)
    .map(quote);
  const near =
    typeof product === 'string' && known === undefined ? nearest(product, Object.keys(PRODUCTS)) : undefined;
  throw new Refusal({
    path: ['product'],
    found: describeValue(product),
    expected: both(names.join(', '), names.join('、')),
    remedy:
      known !== undefined
        ? both(`${product} is not part of this version`, `本版本不包含 ${product}`)
        : near === undefined
          ? undefined
          : both(`Did you mean ${quote(near)}?`, `是不是 ${quote(near)}？`),
  });
}
