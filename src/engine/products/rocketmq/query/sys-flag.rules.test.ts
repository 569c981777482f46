import { expect, it } from 'vitest';
import { messageDetails } from '../../../report/message';
import { consuming } from '../consumer/consuming.fixture';

const flagsOf = (producer: Readonly<Record<string, unknown>>) => {
  const run = consuming({
    producer,
    consumers: [],
    actions: [{ at: '2s', do: 'burst', target: 'p', messages: 1 }],
  }).until(12_000);
  const copies = messageDetails(run.run, 0)?.copies ?? [];
  return { run, flags: copies.map(({ queue, sysFlag }) => `${queue.split('@')[0]}: ${sysFlag}`) };
};

it('[BR-4] an ordinary message carries no bit', () => {
  const { run, flags } = flagsOf({});
  expect(flags).toEqual(['Orders: 0']);
  expect(run.count('record.sys-flag')).toBe(0);
});

it('[BR-4] [PR-13] from 4 KiB on its body is compressed, by ZLIB; below it is not', () => {
  const { run, flags } = flagsOf({ bodyBytes: 4_096 });
  expect(flags).toEqual(['Orders: 769 COMPRESSED COMPRESSION_ZLIB']);
  expect(run.count('record.sys-flag')).toBe(1);
  expect(flagsOf({ bodyBytes: 4_095 }).flags).toEqual(['Orders: 0']);
});

it('[BR-4] [TX-2] a half message is stored as none, what was committed with COMMIT', () => {
  expect(flagsOf({ mode: 'transaction' }).flags.sort()).toEqual([
    'Orders: 8 TRANSACTION_COMMIT',
    'RMQ_SYS_TRANS_HALF_TOPIC: 0',
  ]);
});
