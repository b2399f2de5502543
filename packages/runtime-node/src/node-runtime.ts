import type { RunOptions, Runtime } from '@facexformer/core';
import type { DisposableSession, ModelBuilder } from '@facexformer/core/runtime';
import type { NodeImage } from './decode-image.js';

/** What `nodeRuntime` returns. */
export interface NodeRuntime extends Runtime<NodeImage> {
  open(model: ModelBuilder, options?: RunOptions): Promise<DisposableSession>;
}
