import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';

const root = join(import.meta.dirname, '../..');
const sharp = createRequire(join(root, 'packages/runtime-node/package.json'))('sharp');

/** The small model, and the full one where its weights are given. */
export const models = (full) => ({
  small: join(root, 'packages/model-mini/weights/mini.safetensors'),
  ...(full && { full }),
});

/** Detector and all tasks that the model has, as built; `workers` 0 works in the calling thread. */
export async function openAnalyzer(weights, options) {
  const checkpoint = await openCheckpoint(await fileSource(weights));
  const runtime = nodeRuntime({ device: 'cpu', ...options });
  const names = checkpoint.info.model.tasks.map(({ name }) => name);
  const tasks = allTasks().filter(({ name }) => names.includes(name));
  const analyzer = await createAnalyzer({ runtime, checkpoint, detector: blazeFace(), tasks });
  await analyzer.warmUp();
  return analyzer;
}

/** A JPEG of `faces` faces in cells of 256 pixels, four in a row. */
export function photoOf(faces) {
  const cells = Array.from({ length: faces }, (_, i) => ({
    left: (i % 4) * 256,
    top: Math.floor(i / 4) * 256,
  }));
  return sharp(join(root, 'fixtures/astronaut.png'))
    .resize(256)
    .toBuffer()
    .then((input) =>
      sharp({
        create: {
          width: 256 * Math.min(faces, 4),
          height: 256 * Math.ceil(faces / 4),
          channels: 3,
          background: '#777',
        },
      })
        .composite(cells.map((cell) => ({ input, ...cell })))
        .jpeg({ quality: 92 })
        .toBuffer(),
    );
}

/** Eight calls at the same time. */
export const atOnce = (analyzer, photo) =>
  Promise.all(Array.from({ length: 8 }, () => analyzer.analyze(photo)));

/** Eight calls, each when the one before has ended. */
export async function inTurn(analyzer, photo) {
  const results = [];
  for (let i = 0; i < 8; i += 1) results.push(await analyzer.analyze(photo));
  return results;
}
