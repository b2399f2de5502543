import {
  type ByteSource,
  type Checkpoint,
  createAnalyzer,
  type DetectorFactory,
  openCheckpoint,
  type Runtime,
  type Task,
} from '@facexformer/core';
import {
  CHECKPOINT,
  checkOptions,
  FUNCTION,
  kind,
  listOf,
  oneOf,
  SIGNAL,
  TASK,
  TEXT,
  tagOf,
  whole,
} from '@facexformer/core/arguments';
import type { EngineOptions, FaceAnalyzer, FaceAnalyzerOptions } from './options.js';
import type { Address, Photo } from './platform-types.js';

/** What differs between Node and a browser. */
export interface Platform {
  runtime(options: EngineOptions): Runtime<Photo>;
  /** Opens a file, or the weights of `@facexformer/model-mini`. */
  source(address: Address | undefined, options: Pick<FaceAnalyzerOptions, 'signal'>): Promise<ByteSource>;
  /** The defaults, which a browser loads only when they are needed. */
  allTasks(): Promise<readonly Task[]>;
  blazeFace(): Promise<DetectorFactory>;
}

const OPTIONS = {
  device: oneOf('auto', 'cpu', 'cuda', 'webgpu', 'wasm'),
  threads: whole(1, 1024),
  workers: whole(0, 1024),
  tasks: listOf(TASK, 1),
  checkpoint: kind(
    'the path or address of a checkpoint, or what await openCheckpoint(source) gives',
    (value) => TEXT.fits(value) || tagOf(value) === 'URL' || CHECKPOINT.fits(value),
  ),
  detector: kind(
    'a function such as blazeFace(), or false',
    (value) => value === false || FUNCTION.fits(value),
  ),
  precision: oneOf('fp32', 'int8'),
  signal: SIGNAL,
  onStage: FUNCTION,
};

/** `openFaceAnalyzer` on a platform. What it has opened, and the checkpoint that it was given, is closed if it fails. */
export async function openOn<const Tasks extends readonly Task[]>(
  platform: Platform,
  options: FaceAnalyzerOptions<Tasks>,
): Promise<FaceAnalyzer<Tasks>> {
  const given = options?.checkpoint;
  let checkpoint = isCheckpoint(given) ? given : undefined;
  try {
    checkOptions('openFaceAnalyzer', options, OPTIONS);
    const { precision, signal, onStage } = options;
    const address = isCheckpoint(given) ? undefined : given;
    checkpoint ??= await openCheckpoint(await platform.source(address, signal ? { signal } : {}));
    const tasks: readonly Task[] = options.tasks ?? (await platform.allTasks());
    const detector = options.detector ?? (await platform.blazeFace());
    const analyzer = await createAnalyzer({
      runtime: platform.runtime(options),
      checkpoint,
      tasks,
      ...(detector && { detector }),
      ...(precision && { precision }),
      signal,
      onStage,
    });
    return analyzer as FaceAnalyzer<Tasks>;
  } catch (error) {
    await checkpoint?.close();
    throw error;
  }
}

const isCheckpoint = (value: unknown): value is Checkpoint => CHECKPOINT.fits(value);
