import type {
  Analyzer,
  Checkpoint,
  DetectorFactory,
  Distinct,
  Precision,
  StageListener,
  Task,
} from '@facexformer/core';
import type { allTasks } from '@facexformer/tasks';
import type { Address, Instance, Photo } from './platform-types.js';

/** Where the networks run. */
export interface EngineOptions {
  /**
   * `auto`, the default, is a GPU where the platform has one that works, else `cpu` in Node and `wasm` in a browser.
   * `cpu` and `cuda` exist in Node only, `wasm` in browsers only.
   */
  readonly device?: 'auto' | 'cpu' | 'cuda' | 'webgpu' | 'wasm';
  /** The most CPU threads; more than one in a browser needs a cross-origin isolated page. */
  readonly threads?: number;
  /** In Node: worker threads that do the work, so that the calling thread's event loop stays free. Default 0. */
  readonly workers?: number;
}

/** The nine built-in tasks. */
export type AllTasks = ReturnType<typeof allTasks>;

/** Choices of `openFaceAnalyzer`; each has a default. */
export interface FaceAnalyzerOptions<Tasks extends readonly Task[] = AllTasks> extends EngineOptions {
  /** What to answer for each face; results have the tasks' names and types. Default: all nine built-in tasks. */
  readonly tasks?: Tasks & Distinct<Tasks>;
  /** The weights: where they lie, or a checkpoint, which is closed with the analyzer. Default: `@facexformer/model-mini`. */
  readonly checkpoint?: Address | Checkpoint;
  /** Finds the faces; `false` takes each photo as one face's crop. Default: `blazeFace()` of `@facexformer/detector`. */
  readonly detector?: DetectorFactory | false;
  /** `int8` is faster on most CPUs and slightly less exact. By default as the checkpoint is stored. */
  readonly precision?: Precision;
  /** Learns when decoding, detection, the network and the tasks' answers begin and end. */
  readonly onStage?: StageListener;
  readonly signal?: Instance<'AbortSignal'>;
}

/** What `openFaceAnalyzer` opens. */
export type FaceAnalyzer<Tasks extends readonly Task[] = AllTasks> = Analyzer<Photo, Tasks>;
