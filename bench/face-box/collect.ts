import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blazeFace } from '@facexformer/detector';
import { nodeRuntime } from '@facexformer/runtime-node';
import { readFaces } from '../../packages/eval/src/faces/read-faces.js';
import { mainFace } from '../../packages/eval/src/predictor.js';

interface Pseudo {
  readonly image: string;
  readonly ok: boolean;
  readonly points?: readonly number[];
}

/** Square boxes and keypoints of the detector beside 68 points, hand-made where there are any, else a teacher's. */
export async function collect(folder: string, split: string, limit: number): Promise<readonly unknown[]> {
  const runtime = nodeRuntime({ device: 'cpu' });
  const detector = await blazeFace()(runtime);
  const rows: unknown[] = [];
  for (const { name, samples } of await readFaces(folder, split)) {
    if (name === 'fer2013') continue; // no points
    const text = readFileSync(join(folder, name, 'pseudo.jsonl'), 'utf8');
    const lines = text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Pseudo] : []));
    const teacher = new Map(lines.map((line) => [line.image, line.ok ? line.points : undefined]));
    let left = limit;
    for await (const { name: image, image: bytes, labels } of samples()) {
      if (left-- <= 0) break;
      const points = labels.points ?? teacher.get(image);
      const pixels = await runtime.decode(bytes);
      const face = points && mainFace(await detector.detect(pixels), pixels);
      if (face) rows.push({ set: name, split, box: face.box, keypoints: face.keypoints, points });
    }
  }
  await detector.dispose();
  return rows;
}
