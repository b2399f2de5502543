import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/conformance/compare.ts';

describe('compareResults', () => {
  const result = { label: 'happy', years: 20, mask: Uint8Array.from([1, 2, 3]), points: [{ x: 0.5, y: 2 }] };

  it('finds no difference between equals', () => {
    expect(compareResults(result, structuredClone(result))).toEqual({ values: 0, labels: 0 });
  });

  it('measures numbers relative to themselves, small ones as they are', () => {
    expect(compareResults(result, { ...result, years: 22 })).toEqual({ values: 0.1, labels: 0 });
    expect(compareResults(result, { ...result, points: [{ x: 0.75, y: 2 }] }).values).toBe(0.25);
    expect(compareResults(result, { ...result, years: Number.NaN }).values).toBe(Number.POSITIVE_INFINITY);
  });

  it('counts codes, texts and parts that differ', () => {
    expect(compareResults(result, { ...result, mask: Uint8Array.from([1, 0, 0]) }).labels).toBe(2);
    expect(compareResults(result, { ...result, label: 'sad' }).labels).toBe(1);
    expect(compareResults(result, { ...result, points: [] }).labels).toBe(1);
    expect(compareResults(result, { ...result, more: 1 }).labels).toBe(1);
    expect(compareResults([result, result], [result]).labels).toBe(1);
  });
});
