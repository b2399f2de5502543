import { intersectionOverUnion } from '../../src/image/geometry.js';
import {
  type AnalyzeOptions,
  type Box,
  type Detection,
  defineTask,
  type Face,
  type Pixels,
  type Point,
  type Task,
} from '../../src/index.js';
import type { StreamParts } from '../../src/stream/stream-parts.js';
import { mlpHead } from '../../src/task/heads.js';

/** A face of an invented video. */
export interface Actor {
  readonly name: string;
  readonly box: Box;
  /** Behind another: the detector does not see it. */
  readonly hidden?: boolean;
}

/** An invented frame; decoding makes it pixels. */
export interface Scene {
  readonly actors: readonly Actor[];
}

const PHOTO = { width: 640, height: 480 };

const blank = new Uint8Array(PHOTO.width * PHOTO.height * 3);

export interface PointsFace extends Face {
  readonly points: readonly Point[];
  readonly name: string;
}

/** A task with anchors; the invented analyzer states its results. */
const pointsTask: Task<'points', readonly Point[]> = defineTask({
  name: 'points',
  tokens: 1,
  vocabulary: { id: 'points@1', labels: [] },
  head: (context) => mlpHead(context, 8),
  decode: (): readonly Point[] => [],
  smooth: {
    unit: 'pixel',
    read: (points) => points.flatMap(({ x, y }) => [x, y]),
    write: (points, values) => points.map((_, i) => ({ x: values[2 * i]!, y: values[2 * i + 1]! })),
  },
  anchors: (points) => points,
});

const corners = ({ x, y, width, height }: Box, nudge: () => number): readonly Point[] =>
  [0.25, 0.75].flatMap((v) =>
    [0.25, 0.75].map((u) => ({ x: x + u * width + nudge(), y: y + v * height + nudge() })),
  );

/** An analyzer of invented frames: what it shows of a box is the actor there, or a face that it imagines. */
export function inventedAnalyzer(noise: () => number = () => 0) {
  const calls = { detections: 0, frames: 0, boxes: [] as Box[] };
  const scenes = new WeakMap<Pixels, Scene>();
  const parts: StreamParts<Scene, PointsFace> = {
    runtime: {
      async decode(image) {
        if (!('actors' in image)) return image;
        const pixels = { ...PHOTO, data: blank };
        scenes.set(pixels, image);
        return pixels;
      },
    },
    tasks: [pointsTask],
    detector: {
      async detect(pixels): Promise<readonly Detection[]> {
        calls.detections += 1;
        return scenes
          .get(pixels)!
          .actors.filter(({ box, hidden }) => !hidden && box.x > -box.width / 2 && box.x < PHOTO.width)
          .map(({ box }) => ({ box, score: 0.9 }));
      },
    },
    async analyze(pixels, { boxes = [] }: AnalyzeOptions) {
      calls.frames += 1;
      calls.boxes.push(...boxes);
      const { actors } = scenes.get(pixels)!;
      return boxes.map((crop) => {
        const near = actors
          .filter(({ hidden }) => !hidden)
          .map((actor) => ({ actor, shared: intersectionOverUnion(actor.box, crop) }))
          .sort((a, b) => b.shared - a.shared)[0];
        const actor = near && near.shared > 0.2 ? near.actor : { name: 'nobody', box: crop };
        return { box: crop, crop, score: 1, name: actor.name, points: corners(actor.box, noise) };
      });
    },
  };
  return { parts, calls };
}

/** A square face about a middle. */
export const actor = (name: string, x: number, y: number, hidden = false, size = 100): Actor => ({
  name,
  box: { x: x - size / 2, y: y - size / 2, width: size, height: size },
  hidden,
});

/** All results of a stream. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const results: T[] = [];
  for await (const result of stream) results.push(result);
  return results;
}
