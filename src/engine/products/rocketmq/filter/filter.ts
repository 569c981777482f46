import {
  type Arena,
  keyText,
  messageKey,
  messageProperty,
  messageTag,
  queueOf,
  recordMessage,
  recordQueue,
} from '../../../model/world';
import { parseSql, type Sql } from '../../../scenario/sql-parser';
import type { Filter } from '../../../scenario/types';
import { SCHEDULE_TOPIC } from '../schedule/levels';
import { matchesSql } from './sql';

/** What a subscription asks for, ready to be applied: plain data, shared by consumer and broker. */
export type MessageFilter =
  | { readonly frozen: true; readonly kind: 'all' }
  | {
      readonly frozen: true;
      readonly kind: 'tags';
      readonly tags: readonly string[];
      /** `SubscriptionData.codeSet`. */
      readonly codes: readonly number[];
    }
  | { readonly frozen: true; readonly kind: 'sql'; readonly expression: string; readonly condition: Sql };

/** `SubscriptionData.SUB_ALL`. */
export const ALL: MessageFilter = { frozen: true, kind: 'all' };

/** `FilterAPI#buildSubscriptionData`, and the compiled condition of an SQL92 one. [FI-1] */
export function compileFilter(filter: Filter): MessageFilter {
  if (filter.kind === 'sql') {
    const { expression } = filter;
    return { frozen: true, kind: 'sql', expression, condition: parseSql(expression).condition };
  }
  if (filter.tags.length === 0) return ALL;
  return { frozen: true, kind: 'tags', tags: filter.tags, codes: filter.tags.map(tagCode) };
}

/** As a subscription is written. */
export function spell(filter: MessageFilter): string {
  if (filter.kind === 'all') return '*';
  return filter.kind === 'tags' ? filter.tags.join(' || ') : filter.expression;
}

/** `MessageExtBrokerInner#tagsString2tagsCode`: Java's `String#hashCode`; 0 without a tag. [FI-1] */
export function tagCode(tag: string): number {
  let hash = 0;
  for (let i = 0; i < tag.length; i++) hash = (Math.imul(31, hash) + tag.charCodeAt(i)) | 0;
  return hash;
}

/**
 * What the broker can tell from the entry of the ConsumeQueue: the hash of the tag. An entry of the schedule topic has
 * the time of delivery in its place, which is no tag's hash. [FI-2, FI-3]
 */
export function matchesEntry(arena: Arena, filter: MessageFilter, record: number): boolean {
  if (filter.kind !== 'tags') return true;
  if (queueOf(arena, recordQueue(arena, record)).topic === SCHEDULE_TOPIC) return false;
  return filter.codes.includes(tagCode(messageTag(arena, recordMessage(arena, record))));
}

/** What needs the message itself, read from the CommitLog. [FI-5] */
export function matchesRecord(arena: Arena, filter: MessageFilter, record: number): boolean {
  return filter.kind !== 'sql' || matchesMessage(arena, filter, recordMessage(arena, record));
}

/** What the subscription means: the exact tag, or the condition. */
export function matchesMessage(arena: Arena, filter: MessageFilter, message: number): boolean {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'tags':
      return filter.tags.includes(messageTag(arena, message));
    case 'sql':
      return matchesSql(filter.condition, (name) => propertyOf(arena, message, name));
  }
}

function propertyOf(arena: Arena, message: number, name: string): string | undefined {
  if (name === 'TAGS') return messageTag(arena, message) || undefined;
  if (name === 'KEYS') return keyText(arena, messageKey(arena, message));
  return messageProperty(arena, message, name);
}
