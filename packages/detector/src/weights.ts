import { FaceXFormerError } from '@facexformer/core';
import { halfToFloat } from '@facexformer/core/formats';

/** In every engine that the SDK runs on, though not in the language itself. */
declare function atob(base64: string): string;

/** Gives the parameters of the network by name. */
export interface Weights {
  read(name: string): Promise<Float32Array>;
}

/**
 * Loads the network's weights, which the package's build generates.
 * @throws {FaceXFormerError} `NOT_FOUND` in a checkout where that step has been left out.
 */
export async function loadWeights(): Promise<Weights> {
  const { tensors, data } = await import('../generated/weights.js').catch((cause: unknown) => {
    throw new FaceXFormerError(
      'NOT_FOUND',
      'the weights of BlazeFace have not been generated: run `npm run weights -w @facexformer/detector`',
      { cause },
    );
  });
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  const values = Float32Array.from(new Uint16Array(bytes.buffer), halfToFloat);
  return {
    async read(name) {
      const entry = tensors[name];
      if (!entry) throw new FaceXFormerError('MISSING_TENSOR', `BlazeFace has no parameter "${name}"`);
      return values.subarray(entry.offset, entry.offset + entry.length);
    },
  };
}
