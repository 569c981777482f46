import { beforeEach, describe, expect, it } from 'vitest';
import { loseTail } from '../model/log';
import { A, B, C } from '../model/toy-network';
import {
  begin,
  consume,
  judges,
  kind,
  log,
  readAlone,
  reader,
  send,
  sendAndStore,
  sim,
  store,
  types,
} from './judges.fixture';
import { deliveriesOf, hasConsumed } from './readers';

beforeEach(begin);

describe('[EN-21] a duplicate', () => {
  it('is a delivery of what the group was given before, whether it had finished it or not', () => {
    const record = sendAndStore();
    sim.emit(kind.delivered, B, record);
    sim.emit(kind.delivered, C, record);
    sim.emit(kind.consumed, C, record);
    expect(reader()).toMatchObject({
      deliveries: 2,
      distinct: 1,
      duplicates: 1,
      retries: 0,
      once: 1,
      doubled: 0,
    });
    expect(types()).toEqual([`message.delivered-twice ${C} 0 2`]);
  });

  it('is also a second record of the same message', () => {
    const message = send();
    consume(store(message));
    consume(store(message));
    expect(reader()).toMatchObject({ duplicates: 1, once: 0, doubled: 1 });
  });

  it('is no retry behind a failure', () => {
    const record = sendAndStore();
    sim.emit(kind.delivered, B, record);
    sim.emit(kind.rejected, B, record);
    consume(record);
    expect(reader()).toMatchObject({ deliveries: 2, duplicates: 0, retries: 1, once: 1 });
    expect(hasConsumed(reader(), 0)).toBe(true);
    expect(deliveriesOf(reader(), 0)).toBe(2);
  });

  it('is none between the consumers of a broadcasting group, who each read for themselves', () => {
    readAlone();
    const record = sendAndStore();
    consume(record, B);
    consume(record, C);
    expect(judges().readers.map(({ duplicates, once }) => [duplicates, once])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('has no second effect when the business finds that the first one stands', () => {
    const record = sendAndStore();
    consume(record);
    sim.emit(kind.delivered, C, record);
    sim.emit(kind.consumed, C, record, 0);
    expect(reader()).toMatchObject({ duplicates: 1, once: 1, doubled: 0 });
  });

  it('[CO-14] an effect is missed when a failure was the last try, until a later copy makes up for it', () => {
    const record = sendAndStore();
    sim.emit(kind.delivered, B, record);
    sim.emit(kind.rejected, B, record);
    expect(reader()).toMatchObject({ missed: 0 });
    sim.emit(kind.dropped, B, record);
    expect(reader()).toMatchObject({ missed: 1, once: 0 });
    consume(record);
    expect(reader()).toMatchObject({ missed: 0, once: 1 });
  });

  it('counts effects by key where the key was given by hand', () => {
    consume(sendAndStore('order-7'));
    consume(sendAndStore('order-7'));
    consume(sendAndStore(1));
    consume(sendAndStore(1));
    expect(reader()).toMatchObject({ duplicates: 0, once: 2, doubled: 1 });
  });
});

describe('[EN-22] the order of a key', () => {
  it('is violated by a first end behind that of a later one, and not by another key', () => {
    const [x, y, z] = [sendAndStore(1), sendAndStore(2), sendAndStore(1)];
    for (const record of [z, y, x]) consume(record);
    expect(reader().orderViolations).toBe(1);
    expect(types()).toEqual([`order.violated ${B} 0 2`]);
  });

  it('is not violated by a duplicate, nor by keys as text in their order', () => {
    const [x, y] = [sendAndStore('k'), sendAndStore('k')];
    for (const record of [x, y, x]) consume(record);
    expect(reader().orderViolations).toBe(0);
  });
});

describe('[EN-24] a safe commit', () => {
  const records = () => [sendAndStore(), sendAndStore(), sendAndStore(), sendAndStore()];

  it('stays at the smallest unfinished message', () => {
    const [r0, r1, r2] = records() as [number, number, number, number];
    sim.emit(kind.owned, B, 0, 0);
    for (const record of [r0, r1, r2]) sim.emit(kind.delivered, B, record);
    sim.emit(kind.consumed, B, r0);
    sim.emit(kind.consumed, B, r2);
    sim.emit(kind.committed, B, 0, 1);
    expect(judges().unsafeCommits).toBe(0);
    sim.emit(kind.committed, B, 0, 3);
    expect(types()).toEqual([`commit.unsafe ${B} 0 3`]);
    sim.emit(kind.committed, B, 0, 3);
    expect(judges().unsafeCommits).toBe(1);
  });

  it('may follow when the gap is closed', () => {
    const [r0, r1, r2] = records() as [number, number, number, number];
    sim.emit(kind.owned, B, 0, 0);
    for (const record of [r2, r1, r0]) consume(record);
    sim.emit(kind.committed, B, 0, 3);
    expect(judges().unsafeCommits).toBe(0);
  });

  it('is no matter of what lies before the place where the group began', () => {
    records();
    sim.emit(kind.owned, B, 0, 4);
    sim.emit(kind.committed, B, 0, 4);
    expect(judges().unsafeCommits).toBe(0);
  });

  it('is no matter of messages that are gone, nor of a reset', () => {
    records();
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.reset, A, 0, 2);
    sim.emit(kind.committed, B, 0, 2);
    loseTail(sim, log, 2);
    sim.emit(kind.committed, B, 0, 4);
    expect(judges().unsafeCommits).toBe(0);
  });

  it('[EN-28] is no matter of what nobody was given: that is passed over, and counted', () => {
    records();
    sim.emit(kind.owned, B, 0, 0);
    sim.emit(kind.committed, B, 0, 4);
    expect(judges().readers[0]?.passedOver).toBe(4);
    expect(judges().unsafeCommits).toBe(0);
  });
});
