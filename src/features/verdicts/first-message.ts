import type { AnswerTo, EntryView, QuestionOf } from '../../worker/protocol';

export type VerdictName = 'lost' | 'duplicates' | 'order';

/** The judges' rules, whose entries name the messages. */
const RULES: Readonly<Record<VerdictName, string>> = { lost: 'EN-20', duplicates: 'EN-21', order: 'EN-22' };
const ENTRIES_MAX = 2_000;

type AskEntries = (question: QuestionOf<'entries'>) => Promise<AnswerTo<'entries'> | AnswerTo<'none'>>;

/** The first message that a verdict counts; undefined when it has left what can be looked through. */
export async function firstMessage(ask: AskEntries, verdict: VerdictName): Promise<number | undefined> {
  const answer = await ask({ kind: 'entries', filter: { rule: RULES[verdict] }, max: ENTRIES_MAX });
  return answer.kind === 'entries' ? firstOf(answer.entries) : undefined;
}

/** A copy may turn up again, so the latest word on a message counts. */
function firstOf(entries: readonly EntryView[]): number | undefined {
  const concerned = new Set<number>();
  for (const { type, message } of entries) {
    if (message < 0) continue;
    if (type === 'message.found') concerned.delete(message);
    else concerned.add(message);
  }
  return concerned.values().next().value;
}
