import type { ModelConfig } from '../model/config.js';
import type { ByteSource } from './source.js';

/** Element types that a checkpoint may hold. */
export type StoredDtype = 'F32' | 'F16' | 'BF16' | 'I8' | 'U8' | 'I32' | 'I64';

/** Where a tensor's bytes lie inside the checkpoint's source. */
export interface StoredRange {
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  /** Byte offset from the start of the source. */
  readonly offset: number;
  readonly byteLength: number;
}

/** A tensor of a checkpoint: in one piece in the file, or a strided view of a larger storage (torch files only). */
export type TensorEntry =
  | (StoredRange & { readonly storage?: undefined })
  | (Omit<StoredRange, 'offset'> & { readonly offset?: undefined; readonly storage: StoredRange });

/** What a checkpoint says of itself; stored as JSON in the safetensors `__metadata__` under `facexformer`. */
export interface CheckpointInfo {
  readonly formatVersion: 1;
  readonly model: ModelConfig;
  /** Vocabulary and conventions by task name; decoders read their labels from here. */
  readonly vocabularies: Readonly<Record<string, Vocabulary>>;
  readonly provenance: Provenance;
  /** `sha256:` and the hash of all tensor bytes in file order; `saveCheckpoint` sets it, `verifyContent` compares. */
  readonly contentHash?: string;
}

/** The labels of a task in head order, and what is known or doubted about them. */
export interface Vocabulary {
  /** Names it and its version, such as `lapa-11@1`. */
  readonly id: string;
  readonly labels: readonly string[];
  /** Doubts and conventions, in words; empty when there are none. */
  readonly notes?: readonly string[];
  /** Multiplies the raw output where a convention differs, for example a yaw sign. */
  readonly signs?: readonly number[];
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
  /** Releases the source. */
  close(): Promise<void>;
}
