import { readFaces } from '@facexformer/data';
import { blazeFace } from '@facexformer/detector';
import { nodeRuntime } from '@facexformer/runtime-node';
import { mainFace } from '../../packages/eval/src/judging/framing.js';

/** Square boxes and keypoints of the detector beside 68 points, hand-made where there are any, else the teachers'. */
export async function collect(folder: string, split: string, limit: number): Promise<readonly unknown[]> {
  const runtime = nodeRuntime({ device: 'cpu' });
  const detector = await blazeFace()(runtime);
  const rows: unknown[] = [];
  for (const set of await readFaces(folder, split, { inferred: true })) {
    let left = limit;
    for await (const { image, labels } of set.samples()) {
      if (left-- <= 0) break;
      const points = labels.landmarks;
      if (!points) continue;
      const pixels = await runtime.decode(image);
      const face = mainFace(await detector.detect(pixels), pixels);
      if (face) rows.push({ set: set.name, split, box: face.box, keypoints: face.keypoints, points });
    }
  }
  await detector.dispose();
  return rows;
}
