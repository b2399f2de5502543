import type { Initial } from '../graph/parameters.js';
import type { Value } from '../graph/value.js';
import type { Vocabulary } from './vocabulary.js';

/** What a task's head builds on. */
export interface HeadContext {
  /** The task's own output tokens [B, tokens, dim]. */
  readonly tokens: Value;
  /** The face after the decoder, [B, height * width, dim], rows first. */
  readonly face: { readonly tokens: Value; readonly height: number; readonly width: number };
  /** Width of a token. */
  readonly dim: number;
  /** Network input in pixels. */
  readonly input: { readonly height: number; readonly width: number };
  /** Labels of this task in the loaded checkpoint, or its own. */
  readonly vocabulary: Vocabulary;
  /** Declares a parameter of this head; stored as `tasks.<task>.<name>`. */
  parameter(name: string, shape: readonly number[], initial?: Initial): Value;
}
