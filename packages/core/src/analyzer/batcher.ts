import { demand } from '../base/arguments.js';
import { FaceXFormerError, throwIfAborted } from '../base/errors.js';
import { row, sizeOf, stack, TENSOR, type Tensor } from '../base/tensor.js';
import { cropFace } from '../face/crops.js';
import type { RawOutputs } from '../face/face.js';
import type { TurnedBox } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import { IMAGE_INPUT } from '../model/build.js';
import type { ModelConfig } from '../model/config.js';
import type { RunOptions, Session } from '../runtime/runtime.js';
import { type StageListener, watched } from './stages.js';

/** Runs faces through a network; calls at the same time share its batches. */
export interface Batcher {
  /**
   * The outputs for each of these crops of a photo.
   * @throws {FaceXFormerError} `BUSY` when too many faces are waiting, `ABORTED`, `DISPOSED`, `RUNTIME`.
   */
  run(pixels: Pixels, crops: readonly TurnedBox[], options: RunOptions): Promise<readonly RawOutputs[]>;
}

/** Faces that go through the network at once; more only costs memory. */
const MAX_BATCH = 8;

/** Faces that may wait for the network; each holds its crop in memory. */
const MAX_WAITING = 256;

/** A face that waits for the network. */
interface Waiting extends RunOptions {
  /** [3, height, width] */
  readonly crop: Float32Array;
  resolve(outputs: RawOutputs): void;
  reject(error: unknown): void;
}

/**
 * A face runs at once while the network is idle; what arrives while it is busy shares the next batch. Nothing waits
 * for a batch to fill.
 * @param names the outputs that are wanted
 */
export function createBatcher(
  session: Pick<Session, 'run'>,
  names: readonly string[],
  config: ModelConfig,
  onStage?: StageListener,
): Batcher {
  const { height, width } = config.input;
  const waiting: Waiting[] = [];
  let busy = false;

  const nextBatch = (): readonly Waiting[] => {
    const batch: Waiting[] = [];
    while (batch.length < MAX_BATCH && waiting.length > 0) {
      const face = waiting.shift()!;
      try {
        throwIfAborted(face.signal);
        batch.push(face);
      } catch (error) {
        face.reject(error);
      }
    }
    return batch;
  };
  const work = async (): Promise<void> => {
    busy = true;
    for (let batch = nextBatch(); batch.length > 0; batch = nextBatch()) {
      await runBatch(batch).catch((error: unknown) => {
        for (const face of batch) face.reject(error);
      });
    }
    busy = false;
  };
  const runBatch = async (batch: readonly Waiting[]): Promise<void> => {
    const { crop, signal } = batch[0]!; // a call must not abort the others that share its batch
    const image =
      batch.length === 1
        ? { dims: [1, 3, height, width], data: crop }
        : stack(batch.map(({ crop: data }) => ({ dims: [3, height, width], data })));
    const options = batch.every((face) => face.signal === signal) ? { signal } : {};
    const results = await watched(onStage, 'network', batch.length, () =>
      session.run({ [IMAGE_INPUT]: image }, options),
    );
    const outputs = names.map((name) => [name, checkOutput(name, results[name], batch.length)] as const);
    batch.forEach((face, index) => {
      // An output that does not depend on the photo has one row for all.
      const rows = outputs.map(([name, output]) => [name, row(output, output.dims[0] === 1 ? 0 : index)]);
      face.resolve(Object.fromEntries(rows));
    });
  };

  return {
    async run(pixels, crops, options) {
      const results: RawOutputs[] = [];
      for (let start = 0; start < crops.length; start += MAX_BATCH) {
        throwIfAborted(options.signal);
        if (waiting.length >= MAX_WAITING) {
          throw new FaceXFormerError(
            'BUSY',
            `${waiting.length} faces are waiting for the network: try again when earlier calls have ended`,
          );
        }
        const part = crops.slice(start, start + MAX_BATCH).map((box) => cropFace(pixels, box, config));
        const running = part.map(
          (crop) =>
            new Promise<RawOutputs>((resolve, reject) => {
              waiting.push({ ...options, crop, resolve, reject });
            }),
        );
        if (!busy) void work();
        results.push(...(await Promise.all(running)));
        throwIfAborted(options.signal);
      }
      return results;
    },
  };
}

/** @throws {FaceXFormerError} `RUNTIME` for an output that is missing, or whose rows or numbers are too few. */
function checkOutput(name: string, output: Tensor | undefined, batch: number): Tensor {
  const { dims, data } = demand(output, TENSOR, `output "${name}" of the runtime`, 'RUNTIME')!;
  if ((dims[0] === batch || dims[0] === 1) && data.length === sizeOf(dims)) return { dims, data };
  throw new FaceXFormerError(
    'RUNTIME',
    `the runtime returned ${data.length} numbers of shape [${dims}] as output "${name}" of ${batch} faces`,
    { details: { output: name } },
  );
}
