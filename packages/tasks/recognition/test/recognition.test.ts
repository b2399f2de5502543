import { taskChecks } from '@facexformer/core/conformance';
import { answerOf, figuresOf } from '@facexformer/test-utils/answer';
import { decoderOf } from '@facexformer/test-utils/decoder';
import { describe, expect, it } from 'vitest';
import { recognition, similarity } from '../src/index.js';

const task = recognition();
const decode = decoderOf(task);

/** A vector in the plane of the first two numbers. */
const at = (degrees: number): readonly number[] => {
  const angle = (degrees * Math.PI) / 180;
  return Array.from({ length: 128 }, (_, i) => (i === 0 ? Math.cos(angle) : i === 1 ? Math.sin(angle) : 0));
};

describe('the contract of a task', () => {
  const labels = [0, 1, 90, 91].map((turn, i) => ({ who: i < 2 ? 'a' : 'b', vector: at(turn) }));
  for (const { name, run } of taskChecks(task, { labels, perfect: (vector) => vector })) it(name, run);
});

it('gives vectors of length 1 whose product tells how alike they are', () => {
  const [a, b] = [decode(at(10).map((value) => 7 * value)), decode(at(70))];
  expect(similarity(a, a)).toBeCloseTo(1, 2);
  expect(similarity(a, b)).toBeCloseTo(0.5, 2);
  expect(JSON.stringify(a).length).toBeLessThan(300);
});

const face = (degrees: number, label: unknown) => [answerOf(task, at(degrees)), label] as const;

describe('verification', () => {
  it('is perfect where each person lies apart', () => {
    const faces = ['a', 'b'].flatMap((who, i) => [0, 5, 10].map((turn) => face(90 * i + turn, { who })));
    const { 'recognition.threshold': threshold, ...figures } = figuresOf(task, faces);
    expect(figures).toEqual({
      'recognition.accuracy': 1,
      'recognition.auc': 1,
      'recognition.tar1': 1,
      'recognition.tar01': 1,
    });
    expect(threshold).toBeGreaterThan(0.17); // cosine of 80 degrees
    expect(threshold).toBeLessThan(0.99); // and of 10
  });

  it('goes by the pairs of a protocol, and counts what is on the wrong side of the other folds', () => {
    const pairs = Array.from({ length: 10 }, (_, fold) => [
      face(0, { pairs: [{ id: `same ${fold}`, fold, same: true }] }),
      face(fold === 3 ? 85 : 10, { pairs: [{ id: `same ${fold}`, fold, same: true }] }),
      face(0, { pairs: [{ id: `other ${fold}`, fold, same: false }] }),
      face(80, { pairs: [{ id: `other ${fold}`, fold, same: false }] }),
    ]).flat();
    const figures = figuresOf(task, pairs);
    expect(figures['recognition.accuracy']).toBe(0.95);
    expect(figures['recognition.tar1']).toBe(0.9);
    expect(figures['recognition.auc']).toBeCloseTo(0.9);
  });

  it('takes no photo for a pair with itself, and says nothing without pairs of both kinds', () => {
    const verdict = task.metrics!.judge(...face(0, { who: 'a' }))!;
    expect(task.metrics!.figures([verdict, verdict])).toEqual({});
    expect(
      figuresOf(
        task,
        [0, 1].map((turn) => face(turn, { who: 'a' })),
      ),
    ).toEqual({});
    expect(figuresOf(task, [])).toEqual({});
  });

  it('refuses labels that name nobody', () => {
    for (const label of ['a', undefined, { who: '' }, { pairs: [{ id: 'a' }] }]) {
      expect(() => task.metrics!.judge(answerOf(task, at(0)), label)).toThrow('it needs { who }');
    }
  });
});
