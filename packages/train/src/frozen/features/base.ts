import type {
  Box,
  Checkpoint,
  DetectorFactory,
  Pixels,
  RunOptions,
  Runtime,
  Tensor,
} from '@facexformer/core';
import { stack } from '@facexformer/core/graph';
import type { TurnedBox } from '@facexformer/core/image';
import { cropFace, IMAGE_INPUT, locateFaces, modelBuilder, openNetworks } from '@facexformer/core/model';
import type { Place } from './entry.js';
import type { FeatureLayout } from './layout.js';

/** The frozen base, computing what a task will read. */
export interface FrozenBase {
  /** The face to learn from: the given box, the detector's best, or the whole photo; undefined when none is found. */
  locate(pixels: Pixels, box: Box | undefined, run: RunOptions): Promise<Place | undefined>;
  /** The layout's numbers of a crop, and with `mirror` those of its mirror image too. */
  compute(
    pixels: Pixels,
    crop: TurnedBox,
    mirror: boolean,
    run: RunOptions,
  ): Promise<readonly Float32Array[]>;
  dispose(): Promise<void>;
}

/** Opens the base without any head. @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, `RUNTIME`, `ABORTED`. */
export async function openBase(
  runtime: Runtime,
  checkpoint: Checkpoint,
  layout: FeatureLayout,
  factory: DetectorFactory | undefined,
  run: RunOptions,
): Promise<FrozenBase> {
  const { model } = checkpoint.info;
  const { input, crop: policy } = model;
  const outputs = Object.fromEntries(layout.parts.map(({ name, value }) => [name, value]));
  const { session, detector } = await openNetworks({
    runtime,
    model: modelBuilder({ outputs, parameters: checkpoint }),
    detector: factory,
    ...run,
  });
  return {
    async locate(pixels, box, options) {
      const where = { ...options, ...(box && { boxes: [box] }) };
      const [best] = await locateFaces(pixels, policy, detector, where);
      return best && { crop: best.crop, photo: { width: pixels.width, height: pixels.height } };
    },
    async compute(pixels, crop, mirror, options) {
      const face: Tensor = { dims: [3, input.height, input.width], data: cropFace(pixels, crop, model) };
      const faces = stack(mirror ? [face, mirrored(face)] : [face]);
      const results = await session.run({ [IMAGE_INPUT]: faces }, options);
      return Array.from({ length: faces.dims[0]! }, (_, row) => {
        const view = new Float32Array(layout.size);
        let at = 0;
        for (const part of layout.parts) {
          view.set(results[part.name]!.data.subarray(row * part.size, (row + 1) * part.size), at);
          at += part.size;
        }
        return view;
      });
    },
    async dispose() {
      await Promise.all([session.dispose(), detector?.dispose()]);
    },
  };
}

/** The mirror image of a picture [3, height, width]. */
function mirrored({ dims, data }: Tensor): Tensor {
  const [width, turned] = [dims[2]!, data.slice()];
  for (let row = 0; row < turned.length; row += width) turned.subarray(row, row + width).reverse();
  return { dims, data: turned };
}
