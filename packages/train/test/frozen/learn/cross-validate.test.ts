import { classify, FaceXFormerError, type Pixels } from '@facexformer/core';
import { nodeRuntime } from '@facexformer/runtime-node';
import { expect, it } from 'vitest';
import { type Example, type Progress, trainTask } from '../../../src/frozen/index.js';
import { assignFolds } from '../../../src/frozen/learn/cross-validate.js';
import { base, pictures } from '../support.js';

const task = classify('bright', { id: 'bright@1', labels: ['top', 'bottom'] });
const common = { task, runtime: nodeRuntime({ device: 'cpu', threads: 1 }), batch: 8, rate: 1e-2, folds: 4 };

it('folds hold neighbours of every class back together, each photo once', () => {
  expect(assignFolds([0, 0, 0, 0, 1, 1, 1, 1], 2)).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  expect(assignFolds([0, 1, 0, 1, 0, 1, 0], 3)).toEqual([0, 0, 0, 1, 1, 2, 2]);
  const error = (() => {
    try {
      return assignFolds([0, 0, 0, 0, 1, 1], 3);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(FaceXFormerError.isInstance(error, 'BAD_OPTION')).toBe(true);
  expect(String(error)).toContain('a class has 2');
});

it('a handful of photos is measured by trainings that did not see them, and all of it is trained on', async () => {
  const progress: Progress[] = [];
  const trained = await trainTask({
    ...common,
    epochs: 20,
    base: base(),
    data: pictures(16),
    onProgress: (line) => progress.push(line),
  });
  expect(trained.counts).toEqual({ train: 16, val: 0, test: 16 });
  expect(trained.metrics.accuracy!.value).toBeGreaterThanOrEqual(0.75);
  expect(trained.metrics.accuracy!.low).toBeLessThan(trained.metrics.accuracy!.value);
  expect(trained.best).toBe(19);
  expect(trained.epochs).toHaveLength(20);
  expect(trained.epochs.every(({ valLoss }) => Number.isFinite(valLoss))).toBe(true);
  const rounds = progress.flatMap((line) => (line.phase === 'training' ? [line.round] : []));
  expect(rounds).toEqual(Array.from({ length: 100 }, (_, i) => Math.floor(i / 20)));
}, 120_000);

it('random labels come out at chance: what is measured was not learnt', async () => {
  const shuffled = function* (): Generator<Example<Pixels>> {
    for (const example of pictures(24, ['same'])) {
      const label = [...example.name].at(-1)! < '5' ? 'top' : 'bottom'; // has nothing to do with the picture
      yield { ...example, label };
    }
  };
  const { metrics } = await trainTask({ ...common, epochs: 20, base: base(), data: shuffled() });
  expect(metrics.accuracy!.value).toBeLessThan(0.8);
}, 120_000);

it.each([1, -2, 2.5])('refuses %s folds', async (folds) => {
  const training = trainTask({ ...common, folds, base: base(), data: pictures(4) });
  await expect(training).rejects.toThrow(/"folds" must be 0 or a whole number from 2/);
});
