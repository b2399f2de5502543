import type { Session } from '@facexformer/core';
import type { Tiles } from '../data/tiles.js';
import type { StepShape } from '../step/targets.js';
import { emptyBatch, fillRow, type Normalization } from './batch.js';
import { createMetrics } from './metrics.js';

/** Runs the network on the first `limit` faces of each set, as they would be seen at inference. */
export async function validate(
  forward: Session,
  parameters: Float32Array,
  sets: readonly { readonly tiles: Tiles; readonly masks: boolean }[],
  shape: StepShape,
  normalization: Normalization,
  limit: number,
): Promise<Readonly<Record<string, number>>> {
  const metrics = createMetrics(shape);
  for (const { tiles, masks } of sets) {
    const perBatch = masks ? shape.masks : shape.batch;
    const count = Math.min(tiles.count, limit);
    for (let start = 0; start < count; start += perBatch) {
      const batch = emptyBatch(shape);
      const rows = Math.min(perBatch, count - start);
      for (let row = 0; row < rows; row += 1) {
        fillRow(batch, row, tiles.read(start + row), shape, normalization);
      }
      const outputs = await forward.run({
        image: batch.image!,
        parameters: { dims: [parameters.length], data: parameters },
      });
      metrics.add(outputs, batch, rows);
    }
  }
  return metrics.summary();
}
