import architectureTour from './architecture-tour.json';
import type { CatalogEntry } from './entry';
import { READ_AHEAD } from './read-ahead';

/** The scenario of a first visit, the only one that comes with the page; the others are fetched when one is asked for. */
export const firstEntry: CatalogEntry = {
  id: 'architecture-tour',
  lesson: 0,
  file: architectureTour,
  read: READ_AHEAD,
  sentence: {
    en: 'Two NameServers, two broker pairs, eight queues, two producers, three consumers.',
    zh: '两个 NameServer、两组主从 Broker、八个队列、两个生产者、三个消费者。',
  },
  first: {
    text: { en: 'Cut the power of the master of broker-a.', zh: '给 broker-a 的主节点断电。' },
    action: { do: 'kill', target: 'broker-a:0', failure: 'power' },
  },
};
