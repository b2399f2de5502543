import { expect, it } from 'vitest';
import { FaceXFormerError } from '../../src/base/errors.js';

it('leaves out the middle of messages that are too long for people', () => {
  const { message } = new FaceXFormerError(
    'BAD_CHECKPOINT',
    `tensor "${'x'.repeat(1e6)}" is wrong: save it again`,
  );
  expect(message).toHaveLength(299);
  expect(message).toMatch(/^tensor "x+…x+" is wrong: save it again$/);
});

it('commands no terminal by what a name holds', () => {
  const { message } = new FaceXFormerError('NOT_FOUND', 'a\u001b[2J\u009b\0ä does not exist\n\tsee there');
  expect(message).toBe('a\ufffd[2J\ufffd\ufffdä does not exist\n\tsee there');
});
