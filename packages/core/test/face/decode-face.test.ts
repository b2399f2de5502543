import { expect, it } from 'vitest';
import { resultOf } from '../../src/face/changed-face.js';
import { decodeFace } from '../../src/face/decode-face.js';
import { drawFace } from '../../src/face/draw-face.js';
import { defineTask, type Tensor } from '../../src/index.js';
import { mlpHead } from '../../src/task/heads.js';

const box = { x: 0, y: 0, width: 10, height: 10 };
const face = { box, crop: box, score: 1 };

const named = (name: string) =>
  defineTask({
    name,
    tokens: 1,
    vocabulary: { id: 'own@1', labels: ['a'] },
    head: (context) => mlpHead(context, 1),
    decode: ({ data }: Tensor, { vocabulary }) => ({ value: data[0], id: vocabulary.id }),
    draw: ({ id }: { readonly id: string }) => [{ kind: 'label' as const, text: id }],
  });

it.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])('knows a task named %s', (name) => {
  const task = named(name);
  expect(resultOf(face, task)).toBeUndefined();
  expect(drawFace(face, [task])).toEqual({ box, shapes: [] });
  const raw = Object.fromEntries([[name, { dims: [1], data: Float32Array.of(2) }]]);
  const decoded = decodeFace(
    face,
    [task, named('other')],
    { ...raw, other: { dims: [1], data: raw[name]!.data } },
    {},
  );
  expect(resultOf(decoded, task)).toEqual({ value: 2, id: 'own@1' });
  expect(drawFace(decoded, [task]).shapes).toEqual([{ kind: 'label', text: 'own@1' }]);
});

it('takes the vocabulary that the checkpoint brings', () => {
  const raw = { mood: { dims: [1], data: Float32Array.of(2) } };
  const decoded = decodeFace(face, [named('mood')], raw, { mood: { id: 'other@1', labels: ['b'] } });
  expect(decoded).toMatchObject({ mood: { id: 'other@1' } });
});
