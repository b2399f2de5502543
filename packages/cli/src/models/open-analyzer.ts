import { availableParallelism } from 'node:os';
import {
  type Analyzer,
  type AnalyzerOptions,
  type CheckpointInfo,
  createAnalyzer,
  type Precision,
  type Task,
} from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { type NodeDevice, type NodeImage, nodeRuntime } from '@facexformer/runtime-node';
import { sha256Of } from '../download/sha256.js';
import { count, oneOf, type parse, precisionOf } from '../terminal/options.js';
import { openModelWithTasks } from './open-model.js';

/** What every command that analyses photos understands. */
export const ANALYZER_OPTIONS = {
  checkpoint: { type: 'string' },
  tasks: { type: 'string' },
  plugin: { type: 'string', multiple: true, default: [] },
  device: { type: 'string', default: 'auto' },
  precision: { type: 'string' },
  threads: { type: 'string' },
  workers: { type: 'string' },
} satisfies Parameters<typeof parse>[1];

export const ANALYZER_HELP = `\
  --checkpoint FILE   model to use: .safetensors or the official .pt (default: the embedded model)
  --tasks A,B         only these tasks (default: all that the model has; recognition only if it is named)
  --plugin FILE       also this task, trained with train-task (may be given several times)
  --device D          auto, cpu, cuda or webgpu (default auto)
  --precision P       fp32 or int8 (default: int8 where the checkpoint is stored so, else fp32)
  --threads N         CPU threads; with workers, of each`;

/** The values of {@link ANALYZER_OPTIONS}. */
interface AnalyzerValues {
  readonly checkpoint?: string | undefined;
  readonly tasks?: string | undefined;
  readonly plugin: readonly string[];
  readonly device: string;
  readonly precision?: string | undefined;
  readonly threads?: string | undefined;
  readonly workers?: string | undefined;
}

/** How the command line describes an analyzer. */
export interface AnalyzerWords {
  readonly checkpoint: string | undefined;
  readonly tasks: string | undefined;
  readonly plugins: readonly string[];
  readonly device: NodeDevice;
  readonly precision: Precision | undefined;
  readonly threads: number | undefined;
  /** Worker threads; undefined where the command chooses. */
  readonly workers: number | undefined;
}

/** @throws {UsageError} naming the option that is wrong. */
export const analyzerWords = (values: AnalyzerValues): AnalyzerWords => ({
  checkpoint: values.checkpoint,
  tasks: values.tasks,
  plugins: values.plugin,
  device: oneOf('device', values.device, ['auto', 'cpu', 'cuda', 'webgpu']),
  precision: precisionOf(values.precision),
  threads: count('threads', values.threads),
  workers: count('workers', values.workers, 0),
});

/** By default; each takes memory for a model of its own. */
const MOST_WORKERS = 4;

/** Two photos in two workers are done sooner than with twice the threads each; a graphics card does not need them. */
export const usualWorkers = (device: NodeDevice): number =>
  device === 'cpu' || device === 'auto' ? Math.min(MOST_WORKERS, availableParallelism()) : 0;

/** An analyzer, and what its results depend on. */
export interface OpenAnalyzer {
  readonly analyzer: Analyzer<NodeImage, readonly Task[]>;
  readonly tasks: readonly Task[];
  readonly info: CheckpointInfo;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Opens model, tasks and engine; without `detect` each photo is one face's crop. */
export async function openAnalyzer(
  words: AnalyzerWords & { readonly workers: number },
  {
    detect = true,
    maxPixels,
    ...more
  }: Pick<AnalyzerOptions<NodeImage, readonly Task[]>, 'onStage' | 'signal'> & {
    readonly detect?: boolean;
    readonly maxPixels?: number;
  },
): Promise<OpenAnalyzer> {
  const { plugins, precision, device, threads, workers } = words;
  const { checkpoint, tasks } = await openModelWithTasks(words.checkpoint, words.tasks, plugins);
  const analyzer = await createAnalyzer({
    runtime: nodeRuntime({ device, workers, ...(threads && { threads }), ...(maxPixels && { maxPixels }) }),
    checkpoint,
    tasks,
    precision,
    ...(detect && { detector: blazeFace() }),
    ...more,
  });
  const settings = {
    model: checkpoint.info.contentHash ?? checkpoint.info.provenance.name,
    tasks: tasks.map((task) => task.name),
    plugins: await Promise.all(plugins.map(sha256Of)),
    precision,
    detect,
  };
  return { analyzer, tasks, info: checkpoint.info, settings };
}
