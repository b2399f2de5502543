import type { RunOptions, Runtime } from '@facexformer/core';
import type { DisposableSession, ModelBuilder } from '@facexformer/core/runtime';
import type { WebImage } from '../picture/decode-image.js';

/** What `webRuntime` returns. */
export interface WebRuntime extends Runtime<WebImage> {
  open(model: ModelBuilder, options?: RunOptions): Promise<DisposableSession>;
}
