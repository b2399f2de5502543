import {
  classify,
  createAnalyzer,
  defineTask,
  embed,
  multiLabel,
  type Pixels,
  plugin,
  regress,
  segment,
} from '@facexformer/core';
import { mlpHead } from '@facexformer/core/task';
import { nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';
import { describe, expect, it } from 'vitest';
import { type Example, memoryCache, type Progress, trainTask } from '../../src/frozen/index.js';
import { base, pictures } from './support.js';

const runtime = nodeRuntime({ device: 'cpu', threads: 1 });
const bright = classify('bright', { id: 'bright@1', labels: ['top', 'bottom'] });
const quick = { epochs: 20, batch: 8, rate: 1e-2 } as const;

describe('trainTask', () => {
  it('trains a task that then answers in an analyzer, and leaves the base as it was', async () => {
    const progress: Progress[] = [];
    const trained = await trainTask({
      ...quick,
      task: bright,
      base: base(),
      runtime,
      data: pictures(60),
      provenance: { licence: 'MIT' },
      onProgress: (line) => progress.push(line),
    });
    expect(trained.counts).toEqual({ train: 40, val: 10, test: 10 });
    expect(trained.metrics.balancedAccuracy!.value).toBeGreaterThanOrEqual(0.9);
    expect(trained.checkpoint.info).toMatchObject({
      task: { name: 'bright', tokens: 1 },
      base: { name: 'untrained', dim: 32 },
      provenance: { licence: 'MIT', trained: true },
    });
    expect(progress.filter(({ phase }) => phase === 'features')).toHaveLength(60);
    expect(progress.at(-1)).toMatchObject({ phase: 'training', epoch: trained.epochs.length - 1 });

    const analyzer = await createAnalyzer({
      runtime,
      checkpoint: base(),
      tasks: [...allTasks(), plugin(bright, trained.checkpoint)],
    });
    const alone = await createAnalyzer({ runtime, checkpoint: base(), tasks: allTasks() });
    const photos = [...pictures(4)];
    let right = 0;
    for (const { image, label } of photos) {
      const { faces, raw } = await analyzer.analyzeRaw(image);
      right += Number(faces[0]!.bright.label === label);
      const { raw: before } = await alone.analyzeRaw(image);
      for (const { name } of allTasks()) expect(raw[name]!.data).toEqual(before[name]!.data);
    }
    expect(right).toBeGreaterThanOrEqual(3);
  }, 180_000);

  it('gives the same plug-in for the same seed, and does not run the base again with the same cache', async () => {
    const cache = memoryCache();
    let opened = 0;
    const counting = {
      ...runtime,
      open(...args: Parameters<typeof runtime.open>) {
        opened += 1;
        return runtime.open(...args);
      },
    };
    const run = (seed: number) =>
      trainTask({
        ...quick,
        epochs: 2,
        seed,
        task: bright,
        base: base(),
        runtime: counting,
        cache,
        data: pictures(24),
      });
    const [first, second, other] = [await run(1), await run(1), await run(2)];
    expect(opened).toBe(3 + 2 + 2); // base, step and forward; then step and forward
    expect([...second.checkpoint.tensors]).toEqual([...first.checkpoint.tensors]);
    expect([...other.checkpoint.tensors]).not.toEqual([...first.checkpoint.tensors]);
  });

  it('computes with the cache what the analyzer computes', async () => {
    const score = (logits: Float32Array) => ({ first: logits[0]!, second: logits[1]! });
    const splits = ['test', 'val', 'val'] as const;
    const { metrics, checkpoint } = await trainTask({
      ...quick,
      epochs: 2,
      task: { ...bright, learning: { ...bright.learning!, score } },
      base: base(),
      runtime,
      data: [...pictures(24)].map((example, i) => ({ ...example, split: splits[i] ?? 'train' })),
    });
    const analyzer = await createAnalyzer({
      runtime,
      checkpoint: base(),
      tasks: [plugin(bright, checkpoint)],
    });
    const [{ image }] = [...pictures(1)] as [Example<Pixels>];
    const { raw } = await analyzer.analyzeRaw(image);
    expect(metrics.first!.value).toBeCloseTo(raw.bright!.data[0]!, 2);
    expect(metrics.second!.value).toBeCloseTo(raw.bright!.data[1]!, 2);
  });

  it('trains every kind of task', async () => {
    const trainOn = async (task: Parameters<typeof trainTask>[0]['task'], labels: readonly unknown[]) => {
      const data = [...pictures(36)].map((example, i) => ({ ...example, label: labels[i % 2] }));
      const { metrics, epochs } = await trainTask({
        ...quick,
        epochs: 20,
        task,
        base: base(),
        runtime,
        data,
      });
      expect(epochs.at(-1)!.trainLoss).toBeLessThan(epochs[0]!.trainLoss);
      return metrics;
    };
    const size = 48;
    const half = (top: boolean) => ({
      width: size,
      height: size,
      data: Uint8Array.from({ length: size * size }, (_, i) => Number(i < (size * size) / 2 === top)),
    });
    const number = { id: 'n@1', labels: ['n'] };
    expect(
      (await trainOn(regress('height', number, { range: [0, 10], tokens: 2 }), [2, 8]))['error.n']!.value,
    ).toBeLessThan(2);
    expect((await trainOn(multiLabel('worn', number), ['n', '']))!.balancedAccuracy!.value).toBeGreaterThan(
      0.8,
    );
    expect((await trainOn(segment('light', number), [half(true), half(false)])).dice!.value).toBeGreaterThan(
      0.6,
    );
    expect((await trainOn(embed('kind', { size: 4 }), ['a', 'b'])).pairAuc!.value).toBeGreaterThan(0.8);
  }, 180_000);

  it('learns by a loss and scores of the task itself', async () => {
    const own = defineTask({
      name: 'own',
      tokens: 1,
      vocabulary: { id: 'own@1', labels: [] },
      head: (context) => mlpHead(context, 2),
      decode: (raw) => raw.data[0]!,
      learning: {
        loss: bright.learning!.loss as 'crossEntropy',
        encode: (label) => (label === 'top' ? [1, 0] : [0, 1]),
        score: (raw) => ({ width: raw.length }),
      },
    });
    const { metrics } = await trainTask({
      ...quick,
      epochs: 2,
      task: own,
      base: base(),
      runtime,
      data: pictures(24),
    });
    expect(metrics.width).toEqual({ value: 2, low: 2, high: 2 });
  });

  it('refuses what cannot be trained', async () => {
    const trainOn = (more: object) =>
      trainTask({ ...quick, task: bright, base: base(), runtime, data: pictures(12), ...more });
    const plain = defineTask({ ...bright, name: 'plain', learning: undefined as never });
    await expect(trainOn({ task: plain })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    await expect(trainOn({ task: classify('age', bright.vocabulary as never) })).rejects.toMatchObject({
      code: 'DUPLICATE_TASK',
    });
    const { contentHash: _, ...info } = base().info;
    await expect(trainOn({ base: { ...base(), info } })).rejects.toThrow('content hash');
    await expect(trainOn({ data: pictures(12, ['top', 'side']) })).rejects.toThrow(
      'picture 1: task "bright" cannot use',
    );
    await expect(trainOn({ data: pictures(2) })).rejects.toThrow('too few photos');
    for (const bad of [
      { epochs: 0 },
      { batch: 1.5 },
      { rate: -1 },
      { splits: { val: 0, test: 0.5 } },
      { flip: 1 },
      { seed: Number.NaN },
    ]) {
      await expect(trainOn(bad)).rejects.toMatchObject({ code: 'BAD_OPTION' });
    }
  });

  it('stops when it is told to, and skips what it cannot use', async () => {
    const stop = new AbortController();
    const stopped = trainTask({
      ...quick,
      task: bright,
      base: base(),
      runtime,
      data: pictures(24),
      signal: stop.signal,
      onProgress: ({ phase }) => phase === 'training' && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
    const broken: Example<Pixels> = {
      image: { width: 3, height: 3, data: new Uint8Array(1) },
      label: 'top',
      name: 'broken',
    };
    const { skipped } = await trainTask({
      ...quick,
      epochs: 1,
      task: bright,
      base: base(),
      runtime,
      data: [broken, ...pictures(24)],
      detector: async () => ({
        detect: async ({ width }) =>
          width > 48 ? [] : [{ box: { x: 4, y: 4, width: 40, height: 40 }, score: 1 }],
        dispose: async () => undefined,
      }),
    });
    expect(skipped.map(({ name }) => name)).toEqual(['broken']);
  });
});
