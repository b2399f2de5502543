import { describe, expect, it } from 'vitest';
import { FaceXFormerError } from '../../src/index.js';
import { attempt } from '../../src/task/attempt.js';

describe('attempt', () => {
  it('hands on what is returned, and our own errors as they are', () => {
    expect(attempt('age', 'decode', () => null)).toEqual({ result: null });
    const error = new FaceXFormerError('BAD_TENSOR', 'too short');
    expect(
      attempt('age', 'decode', () => {
        throw error;
      }),
    ).toEqual({ error });
  });

  it.each([
    ['an error', new TypeError('no such thing'), 'no such thing'],
    ['a text', 'broken', 'broken'],
    ['an object without a prototype', Object.create(null), 'an object'],
  ])('types %s that is thrown', (_, thrown, message) => {
    const outcome = attempt('age', 'draw', () => {
      throw thrown;
    });
    expect(outcome).toMatchObject({
      error: { code: 'TASK_FAILED', cause: thrown, details: { task: 'age' } },
    });
    expect('error' in outcome && outcome.error.message).toContain(`task "age" failed to draw: `);
    expect('error' in outcome && outcome.error.message).toContain(message);
  });

  it('refuses promises, which nobody would wait for, and nothing', () => {
    const rejecting = attempt('age', 'decode', () => Promise.reject(new Error('late')));
    expect(rejecting).toMatchObject({ error: { code: 'TASK_FAILED' } });
    expect(attempt('age', 'decode', () => undefined)).toMatchObject({ error: { code: 'TASK_FAILED' } });
  });
});
