import { describe, expect, it } from 'vitest';
import { cloneState } from './clone';
import { appendRow, createTable, getCell, setCell } from './table';

describe('cloneState', () => {
  it('copies objects, arrays, Maps, Sets and typed arrays through all levels', () => {
    const state = {
      list: [1, { deep: 'x' }],
      map: new Map([['k', { count: 1 }]]),
      set: new Set([3]),
      bytes: new Uint16Array([1, 2]),
      nothing: undefined,
      none: null,
    };
    const copy = cloneState(state);
    expect(copy).toEqual(state);
    (copy.list[1] as { deep: string }).deep = 'y';
    (copy.map.get('k') as { count: number }).count = 2;
    copy.set.add(4);
    copy.bytes[0] = 9;
    expect(state).toEqual({
      list: [1, { deep: 'x' }],
      map: new Map([['k', { count: 1 }]]),
      set: new Set([3]),
      bytes: new Uint16Array([1, 2]),
      nothing: undefined,
      none: null,
    });
  });

  it('keeps the order of Maps, Sets and keys, on which runs depend', () => {
    const map = new Map([
      ['b', 1],
      ['a', 2],
    ]);
    map.delete('b');
    map.set('b', 3);
    expect([...cloneState(map)]).toEqual([
      ['a', 2],
      ['b', 3],
    ]);
    expect(Object.keys(cloneState({ z: 1, y: 2 }))).toEqual(['z', 'y']);
  });

  it('shares what is marked frozen, and forks tables', () => {
    const message = { frozen: true, body: [1] } as const;
    const table = createTable(['u8']);
    setCell(table, appendRow(table), 0, 1);
    const copy = cloneState({ message, table });
    expect(copy.message).toBe(message);
    expect(copy.table.chunks[0]).toBe(table.chunks[0]);
    setCell(copy.table, 0, 0, 2);
    expect(getCell(table, 0, 0)).toBe(1);
  });

  it.each([
    ['a function', { next: () => 1 }],
    ['a class instance', { at: new Date(0) }],
    ['a promise', { answer: Promise.resolve(1) }],
  ])('refuses %s, which no snapshot could hold', (_, state) => {
    expect(() => cloneState(state)).toThrow('state must be data');
  });
});
