import { describe, expect, it } from 'vitest';
import { UI_WORDS } from '../words/words';
import { columnX, type LogColumn, runs, STRIP, stripBraces, stripMarks } from './strip-layout';

const { en, zh } = UI_WORDS;

function log(count: number, disk: number, slave: number, lost = 0, memGone = false): LogColumn[] {
  return Array.from({ length: count }, (_, i) => ({
    mem: memGone ? 'none' : i < disk ? 'calm' : 'volatile',
    disk: i < disk,
    slave: i < slave,
    lost: i >= count - lost,
  }));
}

describe('the marks', () => {
  it('stand where the copies end', () => {
    expect(stripMarks(log(26, 19, 25), 'no')).toEqual({ appended: 26, flushed: 19, replicated: 25 });
    expect(stripMarks([], 'no')).toEqual({ appended: 0, flushed: 0, replicated: 0 });
  });

  it('go with the copies that a fault takes', () => {
    const columns = log(26, 15, 23, 3, true);
    expect(stripMarks(columns, 'process').appended).toBe(26);
    expect(stripMarks(columns, 'power')).toEqual({ appended: null, flushed: 15, replicated: 23 });
    expect(stripMarks(columns, 'disk')).toEqual({ appended: null, flushed: null, replicated: 23 });
  });
});

describe('the braces', () => {
  it('stand over the columns they speak of', () => {
    const [brace] = stripBraces(log(26, 19, 25), { undurable: 7, slaveOnly: 0, lost: 0 }, en, 60);
    expect(brace).toMatchObject({ kind: 'notFlushed', text: '7 not flushed' });
    expect(brace?.left).toBe(columnX(19) + 0.5);
    expect(brace?.right).toBe(columnX(25) + STRIP.cellWidth - 0.5);
  });

  it('after a power loss tell the slave-only messages from the lost ones, without touching words', () => {
    for (const words of [en, zh]) {
      const counts = { undurable: 0, slaveOnly: 8, lost: 3 };
      const [slaveOnly, lost] = stripBraces(log(26, 15, 23, 3, true), counts, words, 60);
      expect(slaveOnly).toMatchObject({ kind: 'slaveOnly', text: words.slaveOnly(8) });
      expect(lost).toMatchObject({ kind: 'lost', text: words.lost(3) });
      const lostLeft = 2 * lost!.textMiddle - lost!.textRight;
      expect(slaveOnly!.textRight).toBeLessThanOrEqual(lostLeft - 6);
      expect(lost!.textRight).toBeLessThan(STRIP.bytesRight);
    }
  });

  it('keep off the heading on the left', () => {
    const [brace] = stripBraces(log(2, 0, 0), { undurable: 2, slaveOnly: 0, lost: 0 }, en, 190);
    expect(2 * brace!.textMiddle - brace!.textRight).toBeGreaterThanOrEqual(190);
  });

  it('say nothing of what is not there', () => {
    expect(stripBraces(log(9, 9, 9), { undurable: 0, slaveOnly: 0, lost: 0 }, en, 60)).toEqual([]);
  });
});

it('finds runs that are apart', () => {
  const columns: LogColumn[] = [{ lost: true }, {}, { lost: true }, { lost: true }];
  expect(runs(columns, (column) => column.lost === true)).toEqual([
    [0, 0],
    [2, 3],
  ]);
});
