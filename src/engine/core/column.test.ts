import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnBytes, createColumn, sealColumn, unsealColumn } from './column';

function sealed(values: readonly number[]) {
  const column = createColumn('f64', 8);
  column.set(values);
  const { cells, base } = sealColumn(column, values.length);
  return { name: cells.constructor.name, bytes: columnBytes(cells), base };
}

describe('a sealed column', () => {
  it('is as narrow as its span allows, and no narrower', () => {
    const far = 2 ** 50;
    expect(sealed([far, far, far])).toEqual({ name: 'Uint8Array', bytes: 0, base: far });
    expect(sealed([far + 255, far])).toMatchObject({ name: 'Uint8Array', bytes: 2 });
    expect(sealed([far + 256, far])).toMatchObject({ name: 'Uint16Array', bytes: 4 });
    expect(sealed([-1, 65_535])).toMatchObject({ name: 'Uint32Array', base: -1 });
    expect(sealed([0, 2 ** 32])).toMatchObject({ name: 'Float64Array', bytes: 16, base: 0 });
  });

  it('keeps its width for fractions, and for what is beyond exact differences', () => {
    for (const values of [
      [0.5, 1],
      [2 ** 53, 2 ** 53 + 2],
      [Number.POSITIVE_INFINITY, 1],
      [Number.NaN, 1],
    ])
      expect(sealed(values)).toMatchObject({ name: 'Float64Array', base: 0 });
  });

  it('gives back every value', () => {
    const value = fc.oneof(fc.nat(300), fc.maxSafeInteger(), fc.double());
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (values) => {
        const column = createColumn('f64', 40);
        column.set(values);
        const { cells, base } = sealColumn(column, values.length);
        const to = createColumn('f64', 40);
        unsealColumn(cells, base, to, values.length);
        expect([...to.subarray(0, values.length)]).toEqual(values.map((x) => x + 0));
      }),
    );
  });
});
