import { describe, expect, it } from 'vitest';
import { mirrorImage } from '../../src/image/view-transform.js';
import {
  bytesSource,
  classify,
  defineTask,
  embed,
  multiLabel,
  openPluginCheckpoint,
  type PluginCheckpoint,
  pluginFromRecipe,
  regress,
  savePluginCheckpoint,
  segment,
  type Task,
} from '../../src/index.js';
import { mlpHead } from '../../src/task/heads.js';
import { pluginWeights } from './support.js';

const labels = { id: 'x@1', labels: ['a', 'b', 'c'] };
const TASKS: readonly Task[] = [
  classify('own', labels, { tokens: 2 }),
  multiLabel('own', labels, { threshold: 0.8 }),
  regress('own', labels, { range: [-60, 30], unit: '°', mirrored: ['b'] }),
  segment('own', labels),
  embed('own', { size: 6 }),
];
const crop = { x: 0, y: 0, width: 96, height: 96 };

/** What is left of weights after a file. */
const throughFile = async (weights: PluginCheckpoint): Promise<PluginCheckpoint> =>
  openPluginCheckpoint(bytesSource(await savePluginCheckpoint(weights)));

describe('a plug-in from its file alone', () => {
  for (const task of TASKS) {
    it(`answers as the ${task.recipe?.maker} task that it was`, async () => {
      const remade = pluginFromRecipe(await throughFile(pluginWeights(task)));
      const dims = task.recipe?.maker === 'segment' ? [3, 2, 2] : [task.recipe?.maker === 'embed' ? 6 : 3];
      const data = Float32Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) => Math.sin(3 * i));
      const context = { crop, vocabulary: task.vocabulary };
      const result = task.decode({ dims, data }, context);
      expect(remade.decode({ dims, data }, context)).toEqual(result);
      expect(remade.draw?.(result, { box: crop })).toEqual(task.draw?.(result, { box: crop }));
      if (task.recipe?.maker === 'regress') {
        expect(
          remade.learning?.transform?.({ a: 1, b: 2, c: 3 }, mirrorImage({ width: 2, height: 2 })),
        ).toEqual({ a: 1, b: -2, c: 3 });
      }
    });
  }

  it('is refused where the task has code of its own', async () => {
    const task = defineTask({
      name: 'own',
      tokens: 1,
      vocabulary: labels,
      head: (context) => mlpHead(context, 3),
      decode: (raw) => raw,
    });
    const weights = await throughFile(pluginWeights(task));
    expect(() => pluginFromRecipe(weights)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
  });

  it('is refused where a file claims what no maker makes', async () => {
    const { info, tensors } = pluginWeights(TASKS[2]!);
    const claiming = (made: unknown): PluginCheckpoint =>
      ({ info: { ...info, task: { ...info.task, made } }, tensors }) as PluginCheckpoint;
    const bad = { maker: 'regress', range: [5, 5], unit: '', mirrored: [] };
    expect(() => pluginFromRecipe(claiming(bad))).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(() => pluginFromRecipe(claiming({ maker: 'regress' }))).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
    expect(() => pluginFromRecipe(claiming({ ...bad, range: [0, 1], mirrored: 3 }))).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
    expect(() => pluginFromRecipe(claiming({ ...bad, range: [0, 1], unit: { html: '<b>' } }))).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION' }),
    );
    expect(() => pluginFromRecipe(claiming({ maker: 'toString' }))).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED' }),
    );
    await expect(throughFile(claiming(7))).rejects.toMatchObject({ code: 'BAD_CHECKPOINT' });
  });
});
