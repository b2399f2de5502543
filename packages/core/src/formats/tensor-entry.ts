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

/** What stands for zero in a weight of eight bits. */
export const ZERO_POINT = 128;

/** A tensor of our format: real numbers, or a weight [outputs, inputs] in eight bits (`int8.ts`). */
export interface StoredWeight extends StoredRange {
  readonly int8?: {
    /** One number per output. */
    readonly scales: StoredRange;
    /** Parts of the outputs, one after the other in the file, each transposed. */
    readonly parts: number;
  };
}

/** A tensor of a checkpoint: in one piece in the file, or a strided view of a larger storage (torch files only). */
export type TensorEntry =
  | (StoredWeight & { readonly storage?: undefined })
  | (Omit<StoredRange, 'offset'> & {
      readonly offset?: undefined;
      readonly storage: StoredRange;
      readonly int8?: undefined;
    });

/** Tensors by the names of their file, and a way to read them. */
export interface TensorStore {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  read(name: string): Promise<Float32Array>;
  /** Reads every byte and compares it with the check sums of the file, where it has them (torch files). */
  verify?(): Promise<void>;
}
