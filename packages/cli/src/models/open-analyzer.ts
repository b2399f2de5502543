import { type Analyzer, createAnalyzer, type Precision, type Signal, type Task } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { type NodeDevice, type NodeImage, nodeRuntime } from '@facexformer/runtime-node';
import { sha256Of } from '../download/sha256.js';
import { openModelWithTasks } from './open-model.js';

/** How the command line describes an analyzer. */
export interface AnalyzerWords {
  readonly checkpoint: string | undefined;
  readonly tasks: string | undefined;
  readonly plugins: readonly string[];
  readonly precision: Precision;
  readonly device: NodeDevice;
  readonly threads: number | undefined;
  readonly detect: boolean;
}

/** An analyzer, and what its results depend on. */
export interface OpenAnalyzer {
  readonly analyzer: Analyzer<NodeImage, readonly Task[]>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Opens model, tasks and engine. */
export async function openAnalyzer(words: AnalyzerWords, signal: Signal): Promise<OpenAnalyzer> {
  const { plugins, precision, device, threads, detect } = words;
  const { checkpoint, tasks } = await openModelWithTasks(words.checkpoint, words.tasks, plugins);
  const analyzer = await createAnalyzer({
    runtime: nodeRuntime({ device, ...(threads && { threads }) }),
    checkpoint,
    tasks,
    precision,
    ...(detect && { detector: blazeFace() }),
    signal,
  });
  const settings = {
    model: checkpoint.info.contentHash ?? checkpoint.info.provenance.name,
    tasks: tasks.map((task) => task.name),
    plugins: await Promise.all(plugins.map(sha256Of)),
    precision,
    detect,
  };
  return { analyzer, settings };
}
