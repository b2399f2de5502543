import {
  type ByteSource,
  type Checkpoint,
  createAnalyzer,
  type DetectorFactory,
  openCheckpoint,
  type Runtime,
  type Task,
} from '@facexformer/core';
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

/** `openFaceAnalyzer` on a platform. What it has opened, and the checkpoint that it was given, is closed if it fails. */
export async function openOn<const Tasks extends readonly Task[]>(
  platform: Platform,
  options: FaceAnalyzerOptions<Tasks>,
): Promise<FaceAnalyzer<Tasks>> {
  const { precision, signal, onStage } = options;
  const checkpoint = await checkpointOf(platform, options);
  try {
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
    await checkpoint.close();
    throw error;
  }
}

async function checkpointOf(
  platform: Platform,
  { checkpoint, signal }: FaceAnalyzerOptions<readonly Task[]>,
): Promise<Checkpoint> {
  if (typeof checkpoint === 'object' && 'info' in checkpoint) return checkpoint;
  return openCheckpoint(await platform.source(checkpoint, signal ? { signal } : {}));
}
