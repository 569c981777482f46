import type { PromiseRow } from './promise';

const CLIENTS = ['consumer-process', 'consumer-cut', 'cut-clients'] as const;

/** As in `promises`: consumers to whom the brokers give messages, by pop requests or through the proxies. */
export const popPromises: readonly PromiseRow[] = [
  // Pop: what nobody confirmed comes again behind its invisible time (PO-5, PO-6).
  { row: 'PO-3', setup: { work: 'pop', version: '5.3' }, faults: ['none'], allows: {} },
  {
    row: 'PO-5',
    setup: { work: 'pop', version: '5.3', pool: false },
    faults: [...CLIENTS, 'master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['duplicates'],
  },

  // Through the proxy: a message that fails ends consumed or among the dead letters (PO-7).
  { row: 'PO-7 grpc', setup: { work: 'grpc', version: '5.3' }, faults: ['none'], allows: {} },
  {
    row: 'PO-5 grpc',
    setup: { work: 'grpc', version: '5.3', pool: false },
    faults: ['consumer-process', 'master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['duplicates'],
  },
  {
    // An answer that a cut holds back until its request has ended: nobody has it, and the proxy renews it for hours.
    row: 'PO-11 lost answers',
    setup: { work: 'grpc', version: '5.3', pool: false },
    faults: ['consumer-cut', 'cut-clients'],
    allows: { duplicates: true, failed: true, skipped: true },
    because: 'PO-11',
  },

  // In order: the next batch of a queue waits for the one before, whoever took it (PO-8).
  { row: 'PO-8', setup: { work: 'grpc-orderly', version: '5.3' }, faults: ['none'], allows: {} },
  {
    row: 'PO-8 clients',
    setup: { work: 'grpc-orderly', version: '5.3', pool: false },
    faults: ['consumer-process'],
    allows: { duplicates: true },
  },
  {
    // The attempt that lost its answer may come back from other queues: this one waits for what nobody got.
    row: 'PO-8 cut',
    setup: { work: 'grpc-orderly', version: '5.3', pool: false },
    faults: ['consumer-cut'],
    allows: { duplicates: true, behind: true, skipped: true },
    because: 'PO-',
  },
  {
    row: 'PO-8 one broker',
    setup: { work: 'grpc-orderly', version: '5.3', pool: false, groups: 1 },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['failed'],
  },
  {
    // A changed route moves the key to another queue.
    row: 'PO-8 changed route',
    setup: { work: 'grpc-orderly', version: '5.3', pool: false, groups: 2 },
    faults: ['master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true, disorder: true },
    shows: ['failed'],
  },

  // What a client has in hand is delivered to nobody else while it lives, and its proxy does (PO-11).
  { row: 'PO-11', setup: { work: 'grpc-long', version: '5.3' }, faults: ['none'], allows: {} },
  {
    row: 'PO-11 cut',
    setup: { work: 'grpc-long', version: '5.3', pool: false },
    faults: ['consumer-cut'],
    allows: { skipped: true },
    because: 'PO-11',
  },
  {
    row: 'PO-11 forgotten',
    setup: { work: 'grpc-long', version: '5.3', pool: false },
    faults: ['consumer-process', 'master-process'],
    allows: { duplicates: true, twoOwners: true, failed: true },
    shows: ['duplicates'],
  },

  // Who leads after a failover gives again what was not confirmed.
  ...(['pop', 'grpc', 'grpc-orderly'] as const).flatMap((work): PromiseRow[] => [
    {
      row: `CM-44 ${work}`,
      setup: { copies: 'elected-safe', groups: 1, version: '5.3', pool: false, work },
      faults: ['master-process'],
      allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
    },
    {
      row: `CM-47 ${work}`,
      setup: { copies: 'dledger', groups: 1, version: '5.3', pool: false, work },
      faults: ['master-process', 'master-power'],
      allows: { duplicates: true, twoOwners: true, parted: true, failed: true },
    },
  ]),
];
