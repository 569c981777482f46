import { beforeEach, describe, expect, it } from 'vitest';
import { powerLost } from '../model/kinds';
import { Outcome } from '../model/ledger';
import { loseTail } from '../model/log';
import { killProcess } from '../model/process';
import { A, B } from '../model/toy-network';
import { updateJudges } from './judges';
import {
  begin,
  consume,
  copy,
  judges,
  kind,
  log,
  product,
  send,
  sendAndStore,
  sim,
  store,
  types,
} from './judges.fixture';
import { isPrefix } from './logs';

beforeEach(begin);

describe('[EN-20] what is lost', () => {
  it('had been consumed when every group had finished it, before or after', () => {
    const [x, y, z] = [sendAndStore(), sendAndStore(), sendAndStore()];
    for (const message of [0, 1, 2]) sim.emit(kind.result, A, message, Outcome.sendOk);
    consume(x);
    sim.emit(kind.delivered, B, y);
    loseTail(sim, log, 0);
    loseTail(sim, copy, 0);
    expect(judges().lostButConsumed).toBe(1);
    sim.emit(kind.consumed, B, y);
    expect(judges().lostButConsumed).toBe(2);
    expect(sim.state.ledger.whereabouts[4]).toBe(3);
    store(2);
    sim.emit(kind.consumed, B, z);
    expect(judges().lostButConsumed).toBe(2);
  });

  it('is stranded or unavailable first, by what the copies are worth when somebody asks', () => {
    const message = send();
    store(message);
    sim.emit(kind.result, A, message, Outcome.sendOk);
    killProcess(sim, A, 'process');
    updateJudges(sim, product);
    expect(sim.state.ledger.whereabouts.slice(1)).toEqual([0, 1, 0, 0]);
    loseTail(sim, log, 0);
    updateJudges(sim, product);
    expect(sim.state.ledger.whereabouts.slice(1)).toEqual([0, 0, 1, 0]);
  });
});

describe('[EN-26] the prefix', () => {
  it('is broken when a leader writes anew where its follower kept the old tail', () => {
    const [, , third] = [sendAndStore(), sendAndStore(), send()];
    sim.emit(powerLost, A);
    loseTail(sim, log, 1);
    const record = store(third, [log]);
    expect(types().slice(1)).toEqual([`log.diverged ${B} ${A} ${record}`]);
    expect(judges().divergences).toBe(1);
    expect(isPrefix(sim.state, copy, log)).toBe(false);
  });

  it('holds when the follower lags, and when it has lost its own tail', () => {
    for (let i = 0; i < 3; i++) sendAndStore();
    store(send(), [log]);
    sim.emit(powerLost, B);
    loseTail(sim, copy, 1);
    store(send(), [log]);
    expect(judges().divergences).toBe(0);
    expect(isPrefix(sim.state, copy, log)).toBe(true);
    expect(isPrefix(sim.state, log, copy)).toBe(false);
  });
});
