import { isObject, type Json, type JsonObject } from './json';
import { both, describeValue, plain, quote, Refusal } from './problem';

const FORMAT_NAME = 'mq-playground/scenario';
const FORMAT_VERSION = 1;
export const FORMAT = `${FORMAT_NAME}@${FORMAT_VERSION}`;

/** Rewrites a document of one format version as the next one; `format` itself is rewritten by `migrate`. */
export type Migration = (document: JsonObject) => JsonObject;

/** From a version to the next. Version 1 is the first, so there is nothing to rewrite yet. */
const MIGRATIONS: ReadonlyMap<number, Migration> = new Map();

/**
 * Brings a document to the newest format version, one step at a time.
 * @throws Refusal when it is no scenario, is newer than this playground, or older than the oldest known version
 */
export function migrate(
  document: Json,
  migrations: ReadonlyMap<number, Migration> = MIGRATIONS,
  newest: number = FORMAT_VERSION,
): JsonObject {
  if (!isObject(document))
    throw new Refusal({
      path: [],
      found: describeValue(document),
      expected: both('a scenario object', '一个场景对象'),
    });
  let current = document;
  for (let version = versionOf(document, newest); version < newest; version++) {
    const step = migrations.get(version);
    if (step === undefined) throw wrongFormat(document.format, newest);
    current = { ...step(current), format: `${FORMAT_NAME}@${version + 1}` };
  }
  return current;
}

function versionOf({ format }: JsonObject, newest: number): number {
  const [name, digits, ...more] = typeof format === 'string' ? format.split('@') : [];
  if (name !== FORMAT_NAME || more.length > 0 || !/^\d{1,6}$/.test(digits ?? ''))
    throw wrongFormat(format, newest);
  const version = Number(digits);
  if (version <= newest) return version;
  throw wrongFormat(
    format,
    newest,
    both(
      'The file is of a newer format: open it in a newer version of the playground',
      '文件的格式更新：请用更新版本的演练场打开',
    ),
  );
}

function wrongFormat(
  format: Json | undefined,
  newest: number,
  remedy?: Refusal['problem']['message'],
): Refusal {
  const other = typeof format === 'string' && /^mq-playground\/[a-z-]{1,32}@\d/.test(format);
  return new Refusal({
    path: ['format'],
    found: describeValue(format),
    expected: plain(quote(`${FORMAT_NAME}@${newest}`)),
    remedy:
      remedy ??
      (other ? both('This is another kind of file of the playground', '这是演练场的另一种文件') : undefined),
  });
}
