import { describe, expect, it } from 'vitest';
import { tensor } from '../../src/base/tensor.ts';
import { checkFeeds } from '../../src/runtime/feeds.ts';

const input = (name: string, ...shape: (number | string)[]) =>
  ({ name, isTensor: true, type: 'float32', shape }) as const;
const zeros = (...dims: number[]) => tensor(dims, new Float32Array(dims.reduce((a, b) => a * b, 1)));

describe('checkFeeds', () => {
  const inputs = [input('image', 'batch', 3, 4), input('token', 'batch', 8), input('rate')];

  it('accepts open dimensions that agree, and scalars', () => {
    expect(() =>
      checkFeeds({ image: zeros(2, 3, 4), token: zeros(2, 8), rate: zeros() }, inputs),
    ).not.toThrow();
  });

  it('refuses open dimensions that differ, naming the input and both shapes', () => {
    expect(() => checkFeeds({ image: zeros(2, 3, 4), token: zeros(3, 8), rate: zeros() }, inputs)).toThrow(
      expect.objectContaining({
        code: 'BAD_TENSOR',
        message: 'input "token" has shape [3,8], expected [2,8]',
      }),
    );
  });

  it('names what is missing or unknown', () => {
    const feeds = { image: zeros(2, 3, 4), token: zeros(2, 8) };
    expect(() => checkFeeds(feeds, inputs)).toThrow('input "rate" is missing');
    expect(() => checkFeeds({ ...feeds, rate: zeros(), other: zeros() }, inputs)).toThrow(
      'input "other" is not an input of this model, which has image, token, rate',
    );
  });

  it('does not take inherited names for inputs', () => {
    expect(() => checkFeeds({}, [input('constructor', 1)])).toThrow('input "constructor" is missing');
  });
});
