import { describe, expect, it } from 'vitest';
import {
  between,
  checkOptions,
  demand,
  having,
  listOf,
  NUMBER,
  oneOf,
  TEXT,
  whole,
} from '../../src/base/arguments.ts';

const POINT = having('a point { x, y }', { x: NUMBER, y: NUMBER });

describe('demand', () => {
  it.each([
    [NUMBER, Number.NaN, 'a finite number, not NaN'],
    [NUMBER, '7', 'a finite number, not a text of 1 character'],
    [whole(1), 1.5, 'a whole number from 1, not 1.5'],
    [whole(1, 9), 10, 'a whole number from 1 to 9, not 10'],
    [between(0, 1), -1, 'a number from 0 to 1, not -1'],
    [oneOf('a', 'b'), 'constructor', 'one of a, b, not a text of 11 characters'],
    [TEXT, '', 'text, not empty text'],
    [listOf(TEXT, 1), [], 'a list of at least 1, each text, not a list of 0'],
    [POINT, Promise.resolve(), 'a point { x, y }, not a promise (await it) whose "x" is nothing'],
    [listOf(POINT), [{ x: 1, y: null }], 'not a list of 1 whose item 0 is an object whose "y" is null'],
    [listOf(POINT), [{ x: 1, y: 1 }, () => 0], 'not a list of 2 whose item 1 is a function'],
    [listOf(TEXT), new Array(3), 'not a list of 3 whose item 0 is nothing'],
    [POINT, Symbol('photo'), 'not a symbol'],
  ])('%# names the kind of what does not fit, and never its content', (kind, value, message) => {
    expect(() => demand(value, kind, 'f: a')).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(/^f: a must be /) }),
    );
    expect(() => demand(value, kind, 'f: a')).toThrow(message);
  });

  it('takes what fits', () => {
    for (const [kind, value] of [
      [whole(0), 0],
      [between(0, 1), 1],
      [listOf(POINT), [{ x: 1, y: -2, z: 3 }]],
    ] as const) {
      expect(() => demand(value, kind, 'f: a')).not.toThrow();
    }
  });
});

describe('checkOptions', () => {
  const kinds = { threads: whole(1), device: oneOf('cpu', 'gpu') };
  const check =
    (options: unknown, required: 'device'[] = []) =>
    () =>
      checkOptions('f', options as { threads?: number; device?: string }, kinds, required);

  it.each([
    [null, 'the options of f must be an object such as { threads }, not null'],
    [[], 'not a list of 0'],
    [{ treads: 2 }, 'f has no option "treads": did you mean "threads"?'],
    [{ Device: 'cpu' }, 'f has no option "Device": did you mean "device"?'],
    [{ fast: true }, 'f has no option "fast": it takes threads, device'],
    [{ toString: 1 }, 'f has no option "toString"'],
    [{ ['x'.repeat(1e6)]: 1 }, 'f has no option a text of 1000000 characters'],
    [{ threads: 0 }, 'f: option "threads" must be a whole number from 1, not 0'],
    [{}, 'f: option "device" must be one of cpu, gpu, not nothing', ['device' as const]],
  ])('refuses %j', (options, message, required = []) => {
    expect(check(options, required)).toThrow(message);
  });

  it('leaves defaults alone', () => {
    expect(check({ threads: undefined })).not.toThrow();
  });
});

it('says so where a getter of the caller throws', () => {
  const hostile = {
    get width(): number {
      throw new Error('mine');
    },
  };
  const error = { code: 'BAD_OPTION', cause: expect.objectContaining({ message: 'mine' }) };
  for (const call of [
    () => demand(hostile, having('a size', { width: NUMBER }), 'f: size'),
    () => checkOptions('f', hostile, { width: NUMBER }),
    () => checkOptions('f', Object.create(hostile) as typeof hostile, { width: NUMBER }),
  ]) {
    expect(call).toThrow(expect.objectContaining(error));
  }
});
