import type { Analyzer, Task } from '@facexformer/core';
import { FUNCTION, having, LIST } from '@facexformer/core/arguments';
import type { CallLimits } from './call-limits.js';
import type { ServerMetrics } from './metrics.js';

/** What of an analyzer answers calls. */
export type PhotoAnalyzer = Pick<
  Analyzer<Uint8Array, readonly Task[]>,
  'analyzeMany' | 'device' | 'draw' | 'provenance' | 'tasks'
>;

/** A check of options. */
export const ANALYZER = having('an analyzer, such as await openFaceAnalyzer()', {
  analyzeMany: FUNCTION,
  draw: FUNCTION,
  tasks: LIST,
});

/** What the routes stand on. */
export interface FaceRoutesOptions {
  /** Stays open: whoever opened it closes it. The pixels of a photo are limited by its runtime (`maxPixels`). */
  readonly analyzer: PhotoAnalyzer;
  readonly limits?: CallLimits;
  /** Told of each call. */
  readonly metrics?: ServerMetrics;
}
