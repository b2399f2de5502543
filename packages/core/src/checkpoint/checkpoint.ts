import { FUNCTION, having, OBJECT } from '../base/arguments.js';
import type { ByteSource } from '../formats/byte-source.js';
import type { TensorEntry } from '../formats/tensor-entry.js';
import type { ModelConfig } from '../model/config.js';
import type { Vocabulary } from '../task/vocabulary.js';

/** A checkpoint's description of itself, stored as JSON in the safetensors `__metadata__` under `facexformer`. */
export interface CheckpointInfo {
  readonly formatVersion: 1;
  readonly model: ModelConfig;
  /** Vocabulary and conventions by task name; decoders read their labels from here. */
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
  readonly provenance: Provenance;
  /** `sha256:` and the hash of all tensor bytes in file order; `saveCheckpoint` sets it, `verifyContent` compares. */
  readonly contentHash?: string;
  /** Content hash of the checkpoint that this one was converted from: plug-ins that were trained on it fit. */
  readonly convertedFrom?: string;
}

/** Where weights come from and on what terms they may be used. */
export interface Provenance {
  /** Short name shown to users, for example `facexformer-official` or `mini`. */
  readonly name: string;
  /** False while weights are random: every result then says so. */
  readonly trained: boolean;
  readonly source: string;
  readonly licence: string;
  readonly notes?: readonly string[];
}

/** An open checkpoint: header in memory, tensors read on demand. */
export interface Checkpoint {
  readonly info: CheckpointInfo;
  readonly source: ByteSource;
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /**
   * Values of a tensor as float32 (F16 and integers are widened).
   * @throws {FaceXFormerError} `MISSING_TENSOR`.
   */
  read(name: string): Promise<Float32Array>;
  /** Compares every byte with the check sums of the file; present where the format has them (torch files). */
  verify?(): Promise<void>;
  /** Releases the source. */
  close(): Promise<void>;
}

/** Check of an argument. */
export const CHECKPOINT = having('what await openCheckpoint(source) gives', {
  info: having('its description', { model: OBJECT, vocabularies: OBJECT, provenance: OBJECT }),
  read: FUNCTION,
  close: FUNCTION,
});
