import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/base/errors.js';
import { input, linear, parameter } from '../../src/graph/ops.js';
import { checkParameters } from '../../src/graph/parameter-check.js';

const outputs = [linear(input('x', [1, 4]), parameter('w', [3, 4]), parameter('b', [3]))];
const of = (shapes: Readonly<Record<string, readonly number[]>>) =>
  new Map(Object.entries(shapes).map(([name, shape]) => [name, { shape }]));

describe('checkParameters', () => {
  it.each([
    ['exact shapes', { w: [3, 4], b: [3] }],
    ['more than is needed', { w: [3, 4], b: [3], other: [9] }],
    ['nothing listed: values may be made up', {}],
    ['a 1x1 convolution', { w: [3, 4, 1, 1], b: [3] }],
  ])('accepts %s', (_, shapes) => {
    expect(() => checkParameters(outputs, of(shapes))).not.toThrow();
  });

  it.each([
    ['a transposed weight', { w: [4, 3], b: [3] }, 'BAD_TENSOR', '"w" has shape [4,3], expected [3,4]'],
    ['a 3x3 convolution', { w: [3, 4, 3, 3], b: [3] }, 'BAD_TENSOR', '"w"'],
    ['a bias of rank 2', { w: [3, 4], b: [3, 1] }, 'BAD_TENSOR', '"b"'],
  ] as [string, Record<string, number[]>, ErrorCode, string][])('refuses %s', (_, shapes, code, text) => {
    let error: unknown;
    try {
      checkParameters(outputs, of(shapes));
    } catch (reason) {
      error = reason;
    }
    expect(error).toMatchObject({ code });
    expect(String(error)).toContain(text);
  });
});
