import { expect, it } from 'vitest';
import { changedFace } from '../../src/face/changed-face.js';
import { decodeFace } from '../../src/face/decode-face.js';
import { type Face, readFace, regress, segment } from '../../src/index.js';

const box = { x: 0.123456789, y: 10, width: 1000.23456, height: 10 };
const face: Face = { box, crop: { x: 0, y: 0, width: 4, height: 2 }, score: 0.5 };
const tasks = [
  segment('parts', { id: 'parts@1', labels: ['a', 'b'] }),
  regress('size', { id: 'size@1', labels: ['size'] }, { range: [0, 2] }),
  regress('broken', { id: 'broken@1', labels: ['broken'] }, { range: [0, 1] }),
] as const;
const decoded = decodeFace(
  face,
  tasks,
  {
    parts: { dims: [2, 2, 3], data: Float32Array.of(1, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 5) },
    size: { dims: [1], data: Float32Array.of(-1 / 3) },
    broken: { dims: [1], data: Float32Array.of(Number.NaN) },
  },
  {},
);

it('is written with class maps as runs, six digits and the errors', () => {
  const json = JSON.parse(JSON.stringify(decoded));
  expect(json).toEqual({
    box: { ...box, x: 0.123457, width: 1000.23 },
    crop: face.crop,
    score: 0.5,
    parts: {
      crop: face.crop,
      columns: 3,
      rows: 2,
      labels: { runs: [1, 2, 0, 3, 2, 1] },
      classes: ['background', 'a', 'b'],
    },
    size: { size: 0.666667 },
    errors: { broken: { code: 'BAD_TENSOR', message: expect.stringContaining('NaN') } },
  });
});

it('is read back as it was', () => {
  const read = readFace(JSON.parse(JSON.stringify(decoded)), tasks);
  expect(read.parts).toEqual({ ...(decoded.parts as object), labels: Uint8Array.of(1, 1, 0, 0, 0, 2) });
  expect(read.size.size).toBeCloseTo(2 / 3, 5);
  expect(() => read.broken).toThrow('NaN');
  expect(JSON.stringify(read)).toBe(JSON.stringify(decoded));
});

it('is written as it is after a change', () => {
  expect(changedFace(decoded, { score: 1 }).toJSON!()).toMatchObject({ score: 1, size: { size: 0.666667 } });
});

it.each([
  [null, 'a face { box, crop }'],
  [{ box, crop: box, parts: { columns: 2, rows: 2, labels: { runs: [0, 3] } } }, 'cover its 4 cells'],
])('refuses %j', (json, message) => {
  expect(() => readFace(json, tasks)).toThrow(message);
});

it('writes what a task can, and says what it cannot', () => {
  const unwritable = {
    ...tasks[1],
    json: {
      write: () => {
        throw new Error('no');
      },
      read: () => ({ size: 0 }),
    },
  };
  const raw = { size: { dims: [1], data: Float32Array.of(0) } };
  expect(decodeFace(face, [unwritable], raw, {}).toJSON!().errors).toEqual({
    size: { code: 'TASK_FAILED', message: 'task "size" failed to write its result: no' },
  });
});
