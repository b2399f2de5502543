import { expect, it } from 'vitest';
import { forEachLine, stridesOf } from '../../src/base/strides.js';

it('visits nothing of an empty shape, however large its other axes', () => {
  for (const dims of [
    [2 ** 53 - 1, 0],
    [0, 2 ** 53 - 1],
    [2 ** 53 - 1, 2 ** 53 - 1, 0],
  ]) {
    let lines = 0;
    forEachLine(dims, [7, 5, 3].slice(0, dims.length), () => {
      lines += 1;
    });
    forEachLine(dims, stridesOf(dims), (_offset, _step, _start, length) => {
      lines += length;
    });
    expect(lines).toBe(0);
  }
});
