import { describe, expect, it } from 'vitest';
import { changedFace } from '../../src/face/changed-face.js';
import { type Classification, classify, defineTask, type Face, type Task } from '../../src/index.js';
import { createSmoother as createParts } from '../../src/stream/smoother.js';
import { mlpHead } from '../../src/task/heads.js';
import type { SmoothUnit } from '../../src/task/smooth.js';

const box = { x: 10, y: 20, width: 100, height: 100 };
const face = (results: object): Face & Readonly<Record<string, unknown>> => ({
  box,
  crop: box,
  score: 1,
  ...results,
});

/** A smoother whose outcome is the changed face. */
const createSmoother = (tasks: readonly Task[]) => {
  const smooth = createParts(tasks);
  return <F extends Face>(face: F, seconds: number): F => changedFace(face, smooth(face, face.box, seconds));
};

const numberTask = <const Name extends string>(name: Name, unit: SmoothUnit) =>
  defineTask({
    name,
    tokens: 1,
    vocabulary: { id: `${name}@1`, labels: [] },
    head: (context) => mlpHead(context, 1),
    decode: () => ({ value: 0 }),
    smooth: { unit, read: ({ value }) => [value], write: (_, [value]) => ({ value: value! }) },
  });

const numberOf = (result: Readonly<Record<string, unknown>>, name: string) =>
  (result[name] as { readonly value: number }).value;

describe('createSmoother', () => {
  it('smooths angles through a half turn instead of the long way round', () => {
    const smooth = createSmoother([numberTask('angle', 'degree')]);
    for (let i = 0; i < 60; i++) {
      const value = 160 + i;
      const wrapped = value > 180 ? value - 360 : value;
      const smoothed = numberOf(smooth(face({ angle: { value: wrapped } }), 1 / 30), 'angle');
      expect(Math.abs(((smoothed - wrapped + 540) % 360) - 180)).toBeLessThan(3);
      expect(Math.abs(smoothed)).toBeLessThanOrEqual(180);
    }
  });

  it('keeps an angle at rest that trembles about a half turn', () => {
    const smooth = createSmoother([numberTask('angle', 'degree')]);
    for (let i = 0; i < 90; i++) {
      const trembling = face({ angle: { value: i % 2 === 0 ? 179.4 : -179.4 } });
      const smoothed = numberOf(smooth(trembling, 1 / 30), 'angle');
      if (i > 30) expect(Math.abs(smoothed)).toBeGreaterThan(179.7);
    }
  });

  it('measures pixels by the size of the face', () => {
    const after = (size: number) => {
      const smooth = createSmoother([numberTask('place', 'pixel')]);
      const at = { ...box, width: size, height: size };
      const values = Array.from({ length: 40 }, (_, i) => {
        const noisy = { value: (i % 2) * 0.02 * size };
        return numberOf(smooth({ ...face({ place: noisy }), box: at }, 1 / 30), 'place');
      });
      return values.at(-1)! / size;
    };
    expect(after(50)).toBeCloseTo(after(500), 9);
  });

  it('lets the label follow the smoothed probabilities', () => {
    const task = classify('mood', { id: 'mood@1', labels: ['calm', 'wild'] });
    const smooth = createSmoother([task]);
    const mood = (calm: number) => task.smooth!.write({}, [calm, 1 - calm]);
    const labels = Array.from({ length: 60 }, (_, i) => {
      const result = smooth(face({ mood: mood(i % 3 === 0 ? 0.49 : 0.53) }), 1 / 30);
      return (result.mood as { readonly label: string }).label;
    });
    expect(new Set(labels.slice(10))).toEqual(new Set(['calm']));
  });

  it('keeps probabilities within 0..1 and their sum at 1', () => {
    const task = classify('mood', { id: 'mood@1', labels: ['calm', 'wild', 'odd'] });
    const smooth = createSmoother([task]);
    for (let frame = 0; frame < 300; frame++) {
      const calm = Math.min(1, Math.max(0, 0.5 + 0.7 * Math.sin(frame / 10)));
      const wild = (1 - calm) * (frame % 7 < 4 ? 0.9 : 0.2);
      const mood = task.smooth!.write({}, [calm, wild, 1 - calm - wild]);
      const { probabilities } = smooth(face({ mood }), 1 / 30).mood as Classification;
      const values = Object.values(probabilities);
      expect(values.reduce((sum, value) => sum + value)).toBeCloseTo(1, 9);
      for (const value of values) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }
  });

  it('leaves alone what no task wants smoothed, and starts anew when the count of numbers changes', () => {
    const plain = { ...numberTask('plain', 'pixel'), smooth: undefined as never };
    const result = { value: 3 };
    expect(createSmoother([plain])(face({ plain: result }), 1 / 30).plain).toBe(result);

    const list = {
      ...numberTask('list', 'pixel'),
      smooth: {
        unit: 'pixel' as const,
        read: (values: unknown) => values as readonly number[],
        write: (_: unknown, values: readonly number[]) => values,
      },
    };
    const smooth = createSmoother([list]);
    smooth(face({ list: [1, 2] }), 1 / 30);
    expect(smooth(face({ list: [5, 6, 7] }), 1 / 30).list).toEqual([5, 6, 7]);
  });

  it('passes failed results on as they are: reading them still throws', () => {
    const broken = Object.defineProperty(face({ errors: { angle: new Error('no') } }), 'angle', {
      get: () => {
        throw new Error('no');
      },
    });
    const smoothed = createSmoother([numberTask('angle', 'degree')])(broken, 1 / 30);
    expect(() => smoothed.angle).toThrow('no');
    expect(Object.keys(smoothed)).not.toContain('angle');
  });

  it('keeps the result of a task that fails to smooth, and says so', () => {
    const clumsy = {
      ...numberTask('clumsy', 'pixel'),
      smooth: {
        unit: 'pixel' as const,
        read: (): readonly number[] => {
          throw new TypeError('oops');
        },
        write: (result: unknown) => result,
      },
    };
    const smooth = createSmoother([clumsy, numberTask('angle', 'degree')]);
    const result = smooth(face({ clumsy: { value: 1 }, angle: { value: 2 } }), 1 / 30);
    expect(result).toMatchObject({ clumsy: { value: 1 }, angle: { value: 2 } });
    expect(result.errors?.clumsy?.code).toBe('TASK_FAILED');
  });
});
