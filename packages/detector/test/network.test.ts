import type { Tensor } from '@facexformer/core';
import { exportOnnx } from '@facexformer/core/graph';
import { resizeBicubic } from '@facexformer/core/image';
import { runOnnx } from '@facexformer/test-utils/engine';
import { expect, test } from 'vitest';
import { blazeFaceNetwork } from '../src/network.ts';
import { loadWeights } from '../src/weights.ts';
import { astronaut } from './photo.ts';
import tflite from './tflite.json' with { type: 'json' };

test.each(['portable', 'cpu'] as const)('computes what TensorFlow Lite computes, for %s', async (target) => {
  const small = resizeBicubic(astronaut, { width: 192, height: 192 });
  const data = new Float32Array(3 * 192 * 192);
  for (const [i, value] of small.data.entries()) {
    data[(i % 3) * 192 * 192 + Math.floor(i / 3)] = value / 127.5 - 1;
  }
  const model = await exportOnnx({
    outputs: { ...blazeFaceNetwork({ height: 192, width: 192, target }) },
    parameters: await loadWeights(),
    target,
  });
  const { scores, regressions } = (await runOnnx(model, {
    image: { dims: [1, 3, 192, 192], data },
  })) as { scores: Tensor; regressions: Tensor };

  expect(scores.dims).toEqual([1, 2304]);
  expect(Math.max(...tflite.scores.map((score, i) => Math.abs(score - scores.data[i]!)))).toBeLessThan(2e-4);
  expect(regressions.dims).toEqual([1, 16, 2304]);
  for (const [cell, values] of Object.entries(tflite.regressions)) {
    for (const [i, value] of values.entries()) {
      expect(Math.abs(value - regressions.data[i * 2304 + Number(cell)]!)).toBeLessThan(2e-3);
    }
  }
});
