import { expect, it } from 'vitest';
import { drawFace } from '../../src/face/draw-face.js';
import { type AnalyzedFace, classify, type Face, type Task } from '../../src/index.js';

const box = { x: 0, y: 0, width: 4, height: 4 };
const task = classify('mood', { id: 'mood@1', labels: ['happy', 'sad'] });
const face = { box, crop: box, mood: { label: 'sad', probabilities: {} } } as unknown as AnalyzedFace<
  readonly Task[]
>;
const drawnBy = (shapes: unknown) =>
  drawFace(face as Face, [{ ...task, draw: () => shapes as never } as Task]);

it('draws what a task gives, points without a place included', () => {
  const shapes = [
    { kind: 'points', points: [{ x: Number.NaN, y: 1 }], color: '#ffffff' },
    { kind: 'label', text: 'sad' },
  ];
  expect(drawnBy(shapes)).toEqual({ box, shapes });
});

it.each([
  ['no list', { kind: 'label', text: 'sad' }, 'what task "mood" draws must be a list'],
  ['another kind', [{ kind: 'circle' }], 'whose "kind" is a text of 6 characters'],
  ['no points', [{ kind: 'points', points: null, color: '#ffffff' }], 'whose "points" is null'],
  ['a point that is none', [{ kind: 'line', points: [null], color: '#ffffff' }], 'whose item 0 is null'],
  ['a label without text', [{ kind: 'label' }], 'whose "text" is nothing'],
])('says which task draws %s', (_, shapes, message) => {
  const drawing = drawnBy(shapes);
  expect(drawing.shapes).toEqual([]);
  expect(drawing.errors?.mood).toMatchObject({
    code: 'TASK_FAILED',
    message: expect.stringContaining(message),
  });
});
