import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodec } from './codec.ts';

const codec = createCodec();
const back = (value: unknown): unknown => codec.decode(codec.encode(value));

describe('what travels between the app and its page', () => {
  it('arrives as it was sent', () => {
    const value = {
      date: new Date(1_764_000_000_000),
      never: new Date(Number.NaN),
      map: new Map<unknown, unknown>([[1, new Set(['a', undefined])]]),
      bytes: new Uint8Array([0, 255, 7]),
      floats: new Float64Array([1.5, Number.NaN]),
      buffer: new Uint8Array([1, 2]).buffer,
      numbers: [-0, Number.NaN, Infinity, 12n],
      $: 'a name of ours',
      nothing: undefined,
      expression: /a+/gi,
    };
    expect(back(value)).toEqual(value);
    expect(Object.is((back(value) as typeof value).numbers[0], -0)).toBe(true);
  });

  it('keeps what an error says', () => {
    const error = back(new RangeError('too far')) as Error;
    expect(error).toBeInstanceOf(Error);
    expect(`${error.name}: ${error.message}`).toBe('RangeError: too far');
  });

  it('arrives whatever it is', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(back(value)).toEqual(value);
      }),
    );
  });

  it('is refused when it cannot be carried', () => {
    expect(() => codec.encode(new Blob(['x']))).toThrow('cannot carry a Blob');
  });
});
