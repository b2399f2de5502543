/** Keeps what the frozen base computed of a photo. */
export interface FeatureCache {
  /** Bytes `offset` to `offset + length` of an entry; undefined when there is none. */
  read(key: string, offset: number, length: number): Promise<Uint8Array | undefined>;
  /**
   * Keeps an entry, which stays until the cache is closed.
   * @throws {FaceXFormerError} `BAD_OPTION` when it does not fit, `WRITE_FAILED`.
   */
  write(key: string, bytes: Uint8Array): Promise<void>;
}

/** Keeps everything in memory, as long as the object lives. */
export function memoryCache(): FeatureCache {
  const entries = new Map<string, Uint8Array>();
  return {
    read: async (key, offset, length) => entries.get(key)?.subarray(offset, offset + length),
    async write(key, bytes) {
      entries.set(key, bytes);
    },
  };
}
