import { allTasks } from '@facexformer/tasks';
import { testImage } from '@facexformer/test-utils/portable-image';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { describe, expect, it } from 'vitest';
import { generatedPlugin } from '../../src/conformance/generated-plugin.js';
import { classify, createAnalyzer, plugin, segment } from '../../src/index.js';
import { engine } from '../analyzer/engine.js';
import { base } from '../plugin/support.js';

const glasses = classify('glasses', { id: 'glasses@1', labels: ['none', 'plain', 'sun'] });
const lens = segment('lens', { id: 'lens@1', labels: ['left', 'right'] });

describe('generatedPlugin', () => {
  it('fits the model that it was generated for, and is the same each time', async () => {
    const weights = generatedPlugin(glasses, base());
    expect(generatedPlugin(glasses, base())).toEqual(weights);
    const analyzer = await createAnalyzer({
      runtime: engine(),
      checkpoint: base(),
      tasks: [...allTasks(), plugin(glasses, weights), plugin(lens, generatedPlugin(lens, base()))],
    });
    const [face] = await analyzer.analyze(testImage(3, 90, 90));
    expect(Object.values(face!.glasses.probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(new Set(Object.values(face!.glasses.probabilities)).size).toBe(3);
    expect(face!.lens.classes).toEqual(['background', 'left', 'right']);
  });

  it('refuses a model that cannot be named', () => {
    expect(() => generatedPlugin(glasses, untrainedCheckpoint())).toThrow('no content hash');
  });
});
