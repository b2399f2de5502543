import { createAnalyzer, openCheckpoint, type Pixels } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { openRecognition, similarity } from '@facexformer/task-recognition';
import { fixturePath } from '@facexformer/test-utils/load';
import { expect, it } from 'vitest';
import { miniModel } from '../src/index.js';
import { miniRecognition, miniRecognitionThreshold } from '../src/recognition.js';

/** Mirrored, and a third darker. */
function changed({ data, width, height }: Pixels): Pixels {
  const other = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const x = i % width;
    const from = i - x + width - 1 - x;
    for (let c = 0; c < 3; c += 1) other[3 * i + c] = data[3 * from + c]! / 1.5;
  }
  return { data: other, width, height };
}

it('is of this model, and knows the person of the demo photo again', async () => {
  const runtime = nodeRuntime({ device: 'cpu' });
  await using analyzer = await createAnalyzer({
    runtime,
    checkpoint: await openCheckpoint(await fileSource(miniModel)),
    detector: blazeFace(),
    tasks: [await openRecognition(miniRecognition())],
  });
  const photo = await runtime.decode(fixturePath('astronaut.png'));
  const [[face], [again]] = [await analyzer.analyze(photo), await analyzer.analyze(changed(photo))];
  expect(similarity(face!.recognition, again!.recognition)).toBeGreaterThan(miniRecognitionThreshold);
  expect(similarity(face!.recognition, face!.recognition)).toBeCloseTo(1, 2);
  expect(miniRecognitionThreshold).toBeGreaterThan(0);
});
