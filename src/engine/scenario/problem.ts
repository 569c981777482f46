import type { LocalizedText } from './localized-text';

/** Where in the file: object keys and list positions from the root. */
export type Path = readonly (string | number)[];

/** What stands at a place of a file, what should, and how to mend it. */
export interface ProblemParts {
  readonly found: string;
  readonly expected: string;
  readonly remedy?: string;
}

/** Why a file was refused: the parts in English, and in Chinese under `zh`; `message` says all of it in both. */
export interface Problem extends ProblemParts {
  /** JSON path such as `brokers[1].config.flushDiskType`; `$` is the whole file. */
  readonly path: string;
  readonly zh: ProblemParts;
  readonly message: LocalizedText;
}

/** A complaint before it is put into words for a reader. `headline` replaces "found …, expected …". */
export interface Complaint {
  readonly path: Path;
  readonly found: LocalizedText;
  readonly expected: LocalizedText;
  readonly remedy?: LocalizedText | undefined;
  readonly headline?: LocalizedText | undefined;
}

/** Carries a problem from the depth of a check up to `parseScenario`, which alone catches it. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(complaint: Complaint) {
    const problem = describeProblem(complaint);
    super(problem.message.en);
    this.problem = problem;
  }
}

export function both(en: string, zh: string): LocalizedText {
  return { en, zh };
}

/** The same text in both languages: names, keys, numbers. */
export function plain(text: string): LocalizedText {
  return { en: text, zh: text };
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Spells a path as `a.b[0].c`; keys that are no identifiers stand in brackets, quoted. */
export function formatPath(path: Path): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (!IDENTIFIER.test(part)) text += `[${quote(part)}]`;
    else text += text === '' ? part : `.${part}`;
  }
  return text === '' ? '$' : text;
}

/** A path inside a sentence. */
export function placeOf(path: Path): LocalizedText {
  return path.length === 0 ? both('the top level', '文件顶层') : plain(formatPath(path));
}

const SHOWN_LENGTH_MAX = 40;

/** A text as a JSON string, shortened, with every invisible character escaped: it may come from a stranger. */
export function quote(text: string): string {
  const shown = text.length > SHOWN_LENGTH_MAX ? `${text.slice(0, SHOWN_LENGTH_MAX - 1)}…` : text;
  return JSON.stringify(shown).replace(
    /[\p{Cc}\p{Cf}\p{Cs}]/gu,
    (invisible) => `\\u${invisible.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** What stands where nothing stands. */
const NOTHING = both('nothing', '空缺');

/** Names a value that stands in a file, without repeating whole objects. */
export function describeValue(value: unknown): LocalizedText {
  if (value === undefined) return NOTHING;
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return plain(String(value));
  if (typeof value === 'string') return plain(quote(value));
  if (Array.isArray(value)) return both(`a list of ${value.length}`, `${value.length} 项的列表`);
  return typeof value === 'object' ? both('an object', '一个对象') : both(`a ${typeof value}`, typeof value);
}

/** Joins two pieces of Chinese text with the space that stands between Han and Latin letters or digits. */
export function zhJoin(left: string, right: string): string {
  const latinMeetsHan = /[\w`"\])]$/.test(left) && /^\p{Script=Han}/u.test(right);
  const hanMeetsLatin = /\p{Script=Han}$/u.test(left) && /^[\w`"[(-]/.test(right);
  return latinMeetsHan || hanMeetsLatin ? `${left} ${right}` : left + right;
}

function describeProblem({ path, found, expected, remedy, headline }: Complaint): Problem {
  const where = formatPath(path);
  const en = headline?.en ?? `${where}: found ${found.en}, expected ${expected.en}`;
  const zhFound = found === NOTHING ? '缺少这一项' : zhJoin('读到', found.zh);
  const zh = headline?.zh ?? `${where}：${zhFound}，${zhJoin('应为', expected.zh)}`;
  const message =
    remedy === undefined
      ? both(sentence(en, '.'), sentence(zh, '。'))
      : both(
          `${sentence(en, '.')} ${sentence(remedy.en, '.')}`,
          sentence(zh, '。') + sentence(remedy.zh, '。'),
        );
  const parts = (lang: 'en' | 'zh'): ProblemParts => ({
    found: found[lang],
    expected: expected[lang],
    ...(remedy && { remedy: remedy[lang] }),
  });
  return { path: where, ...parts('en'), zh: parts('zh'), message };
}

function sentence(text: string, stop: string): string {
  return /[?？]$/.test(text) ? text : text + stop;
}
