import { describe, expect, it } from 'vitest';
import { relativePositionIndex, windowLayout } from '../../src/model/windows.js';

describe('windowLayout', () => {
  it('without shift or padding lists windows row by row', () => {
    const { windows, partition, mask } = windowLayout(4, 4, 2, false);
    expect(windows).toBe(4);
    expect([...partition]).toEqual([0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
    expect(mask).toBeUndefined();
  });

  it('rolls by half a window and separates what was not adjacent', () => {
    const { partition, mask } = windowLayout(4, 4, 2, true);
    expect([...partition.slice(0, 4)]).toEqual([5, 6, 9, 10]);
    expect([...partition.slice(12)]).toEqual([15, 12, 3, 0]); // the four corners meet in the last window
    expect([...mask!.slice(0, 16)]).toEqual(new Array(16).fill(0));
    expect([...mask!.slice(-16, -12)]).toEqual([0, -100, -100, -100]);
  });

  it('pads odd sizes with slots that point past the map, and finds every token again', () => {
    const { windows, partition, reverse } = windowLayout(5, 3, 2, true);
    expect(windows).toBe(6);
    expect(partition.filter((token) => token === 15)).toHaveLength(24 - 15);
    expect(Array.from(reverse, (slot) => partition[slot])).toEqual(Array.from({ length: 15 }, (_, i) => i));
  });

  it('does not shift an axis that fits into one window', () => {
    const { partition, mask } = windowLayout(2, 2, 2, true);
    expect([...partition]).toEqual([0, 1, 2, 3]);
    expect(mask).toBeUndefined();
  });
});

describe('relativePositionIndex', () => {
  it('counts down from the first query, as torchvision stores it', () => {
    expect([...relativePositionIndex(2)]).toEqual([4, 3, 1, 0, 5, 4, 2, 1, 7, 6, 4, 3, 8, 7, 5, 4]);
  });
});
