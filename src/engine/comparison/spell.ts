import { spellCount, spellDuration } from '../report/spell';
import type { Localized } from '../view';
import { changesBehind, sideOf } from './behind';
import { cellWords, rowWords, sectionWords } from './row-words';
import { type Cell, type ComparedRow, isCellWord, isRowWord } from './rows';
import type { VersionsCompared } from './versions';

type Lang = keyof Localized;

/** What a row is called. */
export const rowName = ({ name }: ComparedRow, lang: Lang): string =>
  isRowWord(name) ? rowWords[name][lang] : name;

/** A value as the table shows it; `–` where that report has no such thing. */
export function spellCell({ unit }: ComparedRow, cell: Cell, lang: Lang): string {
  if (cell === undefined) return '–';
  if (typeof cell === 'string')
    return isCellWord(cell) && unit === 'word' ? cellWords[cell][lang] : cell || '–';
  if (unit === 'ms') return spellDuration(Math.round(cell * 1_000));
  if (unit === 'share') return `${Math.round(cell * 100_000) / 1_000} %`;
  return spellCount(cell);
}

/** How far the second value is from the first: `+40`, `−1.2 ms`; `=` for the same, `≠` for what has no distance. */
export function spellDifference(row: ComparedRow, lang: Lang): string {
  if (row.equal) return '=';
  const [first, second] = row.values;
  if (typeof first !== 'number' || typeof second !== 'number') return '≠';
  return `${second > first ? '+' : '−'}${spellCell(row, Math.abs(second - first), lang)}`;
}

/** The comparison as Markdown; its tables read well as plain text too. `all`: equal rows as well. */
export function comparisonMarkdown(compared: VersionsCompared, lang: Lang, all = false): string {
  const { versions, rows, leftOut, settings, changes, title, seed, untilUs } = compared;
  const words = WORDS[lang];
  const columns = versions.map((version) => `RocketMQ ${version}`);
  const shown = all ? rows : rows.filter(({ equal }) => !equal);
  const lines = [
    `# ${title[lang]}`,
    '',
    `${columns.join(words.against)} · ${words.at} ${spellDuration(untilUs)} · ${words.seed} ${seed}`,
    '',
  ];
  if (leftOut.length > 0) {
    lines.push(`${words.leftOut(versions[1])}`, '');
    lines.push(...leftOut.map(({ of, what }) => `- ${of} \`${what}\``), '');
  }
  if (shown.length === 0) lines.push(words.same, '');
  else {
    const body = shown.map((row) => [
      [sectionWords[row.section][lang], row.of, rowName(row, lang)].filter((part) => part !== '').join(' · '),
      spellCell(row, row.values[0], lang),
      spellCell(row, row.values[1], lang),
      spellDifference(row, lang),
      [...new Set([...row.rules, ...changesBehind(row, changes).flatMap(({ rules }) => rules)])].join(' '),
    ]);
    lines.push(...table([words.what, ...columns, words.difference, words.rules], body), '');
  }
  const equal = rows.length - rows.filter((row) => !row.equal).length;
  if (!all) lines.push(words.equal(equal), '');
  if (changes.length > 0) {
    const body = changes.map((change) => [
      change.what[lang],
      ...versions.map((version) => sideOf(change, version)[lang]),
      change.rules.join(' '),
    ]);
    lines.push(`## ${words.changes}`, '', ...table([words.what, ...columns, words.rules], body), '');
  }
  if (settings.length > 0) {
    const body = settings.map(({ key, values, lacks, of }) => [
      `\`${key}\``,
      ...values.map((value, i) => (lacks === i ? words.noKey(String(value)) : String(value))),
      of.join(', '),
    ]);
    lines.push(`## ${words.settings}`, '', ...table([words.key, ...columns, words.of], body), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function table(head: readonly string[], body: readonly (readonly string[])[]): readonly string[] {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const widths = head.map((text, i) =>
    Math.max(...[text, ...body.map((row) => cell(row[i] ?? ''))].map(widthOf)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((text, i) => cell(text) + ' '.repeat((widths[i] ?? 0) - widthOf(cell(text)))).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map((width) => '-'.repeat(Math.max(3, width))).join(' | ')} |`,
    ...body.map(line),
  ];
}

/** Columns of a terminal: Han and full-width signs take two. */
const widthOf = (text: string): number =>
  [...text].reduce((width, sign) => width + (/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹯＀-｠￠-￦]/.test(sign) ? 2 : 1), 0);

const WORDS = {
  en: {
    against: ' against ',
    at: 'at',
    seed: 'seed',
    what: 'what',
    difference: 'difference',
    rules: 'rules',
    key: 'key',
    of: 'of',
    leftOut: (version: string) => `RocketMQ ${version} has not, and goes without:`,
    same: 'Both versions give the same report.',
    equal: (count: number) => `${count} lines are equal in both.`,
    changes: 'Changes between the versions that are at work here',
    settings: 'Defaults that differ and are in use',
    noKey: (value: string) => `${value} (no such key)`,
  },
  zh: {
    against: ' 对比 ',
    at: '时刻',
    seed: '种子',
    what: '项目',
    difference: '差异',
    rules: '规则',
    key: '配置项',
    of: '所属',
    leftOut: (version: string) => `RocketMQ ${version} 没有以下内容，因此略去：`,
    same: '两个版本给出相同的报告。',
    equal: (count: number) => `另有 ${count} 行两边相同。`,
    changes: '在此起作用的版本变化',
    settings: '有差异且在用的默认值',
    noKey: (value: string) => `${value}（没有此配置项）`,
  },
} as const;
