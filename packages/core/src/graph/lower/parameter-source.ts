import type { ByteSource } from '../../formats/byte-source.js';
import type { TensorEntry } from '../../formats/tensor-entry.js';

/** Where the values of parameters come from; an open checkpoint is one. */
export interface ParameterSource {
  /** Values of a parameter as float32. */
  read(name: string): Promise<Float32Array>;
  readonly tensors?: ReadonlyMap<string, TensorEntry>;
  readonly source?: ByteSource;
}
