/**
 * The rules of the behaviour reference for RocketMQ 5.3.3, by section: what docs/rules.md accounts for, each one.
 * `rules` decide what a node does. `consequences` follow from rules and are proved by tests that carry their tag.
 */
export interface Section {
  readonly prefix: string;
  readonly title: string;
  readonly ids: readonly number[];
  readonly are: 'rules' | 'consequences';
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const between = (first: number, last: number) => upTo(last).slice(first - 1);

export const sections: readonly Section[] = [
  { prefix: 'NS', title: 'Name server', ids: upTo(27), are: 'rules' },
  { prefix: 'CL', title: 'Client core', ids: upTo(23), are: 'rules' },
  { prefix: 'BR', title: 'Broker storage', ids: upTo(33), are: 'rules' },
  { prefix: 'HA', title: 'Replication and failover', ids: upTo(31), are: 'rules' },
  { prefix: 'PR', title: 'Producer', ids: upTo(17), are: 'rules' },
  { prefix: 'CO', title: 'Consumer', ids: upTo(34), are: 'rules' },
  { prefix: 'OR', title: 'Orderly consumer', ids: upTo(11), are: 'rules' },
  { prefix: 'PO', title: 'Pop consumer', ids: upTo(11), are: 'rules' },
  { prefix: 'FI', title: 'Filter', ids: upTo(6), are: 'rules' },
  { prefix: 'TX', title: 'Transaction messages', ids: upTo(13), are: 'rules' },
  { prefix: 'SC', title: 'Delayed and timed messages', ids: upTo(10), are: 'rules' },
  { prefix: 'TR', title: 'Trace, query, ids', ids: upTo(6), are: 'rules' },
  { prefix: 'VC', title: 'Differences between 4.9 and 5.3', ids: upTo(2), are: 'consequences' },
  {
    prefix: 'CM',
    title: 'Crash matrix',
    ids: [
      ...upTo(5),
      ...between(10, 15),
      ...between(20, 24),
      ...between(30, 39),
      ...between(40, 48),
      ...between(50, 57),
    ],
    are: 'consequences',
  },
  { prefix: 'SIM', title: 'What the engine must keep', ids: upTo(3), are: 'consequences' },
];

/**
 * Rules that need no mutant of their own: they describe (a port, a format, a default), or follow from others. All
 * other rules that are implemented decide loss, duplicates, order or timing.
 */
export const describing: readonly string[] = [
  ...[2, 3, 19, 25, 26, 27].map((id) => `NS-${id}`),
  ...[1, 3, 4, 10, 11, 31, 33].map((id) => `BR-${id}`),
  'HA-10',
  'PR-1',
  'TR-6',
];
