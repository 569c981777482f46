import type { EntryFilter, EntryView } from '../../worker/protocol';

/** What the log is narrowed to, as the form holds it. */
export interface LogFilters {
  readonly node: number | null;
  readonly rule: string;
  readonly message: number | null;
  readonly text: string;
  readonly beatsOnly: boolean;
}

export const NO_FILTERS: LogFilters = { node: null, rule: '', message: null, text: '', beatsOnly: false };

export const isFiltered = (filters: LogFilters): boolean =>
  (Object.keys(NO_FILTERS) as (keyof LogFilters)[]).some((name) => filters[name] !== NO_FILTERS[name]);

/** The same as a question to the engine. Rules are written in capitals. */
export function toQuestion({ node, rule, message, text, beatsOnly }: LogFilters): EntryFilter {
  const wantedRule = rule.trim().toUpperCase();
  return {
    ...(node !== null && { node }),
    ...(message !== null && { message }),
    ...(wantedRule !== '' && { rule: wantedRule }),
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(beatsOnly && { beatsOnly }),
  };
}

/** One JSON object a line: what happened, and what was its cause. */
export function toJsonLines(
  entries: readonly EntryView[],
  nameOf: (node: number) => string | undefined,
  lang: 'en' | 'zh',
): string {
  return entries
    .map(({ id, timeUs, node, type, rule, cause, message, text }) =>
      JSON.stringify({
        id,
        timeUs,
        node: nameOf(node) ?? null,
        type,
        rule,
        cause: cause < 0 ? null : cause,
        message: message < 0 ? null : message,
        text: text[lang],
      }),
    )
    .join('\n');
}
