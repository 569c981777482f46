import type { DetailSection } from '../../../details';
import { maxOffsetOf } from '../broker/store-state';
import type { Broker, RocketSim } from '../state';
import { checkedTo, queueOfTopic, storedOffset } from '../transaction/offsets';
import { HALF_TOPIC, OP_TOPIC } from '../transaction/transaction-topics';
import { transactionsView } from './transactions';

/** What the inspector shows of a broker's transactions; nothing where there never were any. */
export function transactionSections(sim: RocketSim, broker: Broker): DetailSection[] {
  const shown = transactionsView(sim, broker);
  if (shown === undefined) return [];
  const { halves, nextCheckUs, endsInMemory } = shown;
  const max = (topic: typeof HALF_TOPIC | typeof OP_TOPIC) => maxOffsetOf(queueOfTopic(sim, broker, topic));
  return [
    {
      title: { en: 'Transactions', zh: '事务消息' },
      source: 'TransactionalMessageServiceImpl',
      columns: ['what', 'value'],
      rows: [
        ['open halves', `${halves}`],
        ['half queue: checked to', `${checkedTo(sim, broker)} / ${max(HALF_TOPIC)}`],
        ['op queue: read to', `${storedOffset(sim, broker, OP_TOPIC)} / ${max(OP_TOPIC)}`],
        ['ends in memory', `${endsInMemory}`],
        ['next check', nextCheckUs === undefined ? '–' : `${((nextCheckUs - sim.nowUs) / 1e6).toFixed(1)} s`],
      ],
    },
  ];
}
