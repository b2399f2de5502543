import { join } from 'node:path';
import { expect, it } from 'vitest';
import { overlayPaths } from '../../src/report/overlay-paths.js';

it('gives no two photos names that differ in case alone', () => {
  const names = ['face.jpg', 'Face.jpg', 'FACE.png'].map((name) => join('photos', name));
  expect(overlayPaths('out', names, true)).toEqual(
    ['face', 'Face-2', 'FACE-3'].map((name) => join('out', `${name}.png`)),
  );
});
