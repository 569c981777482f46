import { type Lang, write } from '../../i18n/area';
import { nextEvents } from '../../i18n/areas/next-events';
import type { NextEvent } from '../../worker/protocol';

type Key = keyof typeof nextEvents.texts;

/** The text for an event; undefined for one that nobody has written about. */
export function nextEventKey({ type, what }: Pick<NextEvent, 'type' | 'what'>): Key | undefined {
  const names = [`${type} ${what}`, what, type].filter((name) => name in nextEvents.texts);
  if (names.length > 0) return names[0] as Key;
  if (type.startsWith('request.')) return 'request';
  return type.endsWith('-answered') ? 'answer' : undefined;
}

/** What is due, as a sentence about its process. */
export function nextEventSentence(
  event: NextEvent,
  lang: Lang,
  nameOf: (node: number) => string | undefined,
): string {
  const { texts } = nextEvents;
  const type = event.type === 'timer.tick' ? event.what : event.type.replace(/^request\./, '');
  const peer = nameOf(event.peer) ?? write(texts.another, lang);
  const what = write(texts[nextEventKey(event) ?? 'unknown'], lang, { type, peer });
  const node = nameOf(event.node);
  return node === undefined ? what : write(texts.sentence, lang, { node, what });
}
