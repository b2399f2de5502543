import { describe, expect, it } from 'vitest';
import { assign } from '../../src/stream/assignment.js';

/** The best total by trying every pairing. */
function bestTotal(
  scores: readonly (readonly number[])[],
  row = 0,
  taken: ReadonlySet<number> = new Set(),
): number {
  if (row === scores.length) return 0;
  const without = bestTotal(scores, row + 1, taken);
  return scores[row]!.reduce((best, score, column) => {
    if (taken.has(column)) return best;
    return Math.max(best, score + bestTotal(scores, row + 1, new Set([...taken, column])));
  }, without);
}

const total = (scores: readonly (readonly number[])[], columns: readonly number[]): number =>
  columns.reduce((sum, column, row) => sum + (column < 0 ? 0 : scores[row]![column]!), 0);

describe('assign', () => {
  it('finds what a greedy choice misses', () => {
    expect(
      assign([
        [0.9, 0.8],
        [0.85, 0],
      ]),
    ).toEqual([1, 0]);
  });

  it('never pairs what must not be paired', () => {
    expect(
      assign([
        [0, 0],
        [0, 0.5],
        [0, 0.4],
      ]),
    ).toEqual([-1, 1, -1]);
    expect(assign([[], []])).toEqual([-1, -1]);
    expect(assign([])).toEqual([]);
  });

  it('is as good as the best of all pairings', () => {
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 48271) >>> 0) % 2147483647;
      return state / 2147483647;
    };
    for (let trial = 0; trial < 300; trial++) {
      const [rows, columns] = [Math.ceil(random() * 5), Math.ceil(random() * 5)];
      const scores = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => (random() < 0.3 ? 0 : random() * 1.5)),
      );
      const found = assign(scores);
      const used = found.filter((column) => column >= 0);
      expect(new Set(used).size).toBe(used.length);
      expect(total(scores, found)).toBeCloseTo(bestTotal(scores), 9);
    }
  });
});
