import { resolve } from 'node:path';
import {
  classify,
  embed,
  FaceXFormerError,
  multiLabel,
  regress,
  segment,
  type Task,
} from '@facexformer/core';
import { requireVersion } from '@facexformer/core/task';
import { labelsOfFolder } from '@facexformer/data';
import { importModule } from '../files/import-module.js';
import { UsageError } from '../terminal/command.js';
import { oneOf } from '../terminal/options.js';

/** How the command line describes a task. */
export interface TaskWords {
  readonly task?: string | undefined;
  readonly name?: string | undefined;
  readonly kind: string;
  readonly labels?: string | undefined;
  readonly range?: string | undefined;
  readonly tokens: number;
}

const KINDS = ['classify', 'multiLabel', 'regress', 'segment', 'embed'] as const;

/**
 * The task that is to be trained: of a module, or a ready-made one.
 * @param data where its photos are; folders name the labels of a classification
 */
export async function ownTask(words: TaskWords, data: string): Promise<Task> {
  if (words.task !== undefined) return taskOfModule(words.task);
  const { name, tokens, range } = words;
  if (name === undefined) throw new UsageError('name the task with --name, or give its module with --task');
  const kind = oneOf('kind', words.kind, KINDS);
  if (kind === 'embed') return embed(name, { tokens });
  const labels =
    words.labels?.split(',').map((label) => label.trim()) ?? (await labelsOfFolder(data).catch(() => []));
  if (labels.length === 0) throw new UsageError('say with --labels what the labels are');
  const vocabulary = { id: `${name}@1`, labels };
  if (kind === 'classify') return classify(name, vocabulary, { tokens });
  if (kind === 'multiLabel') return multiLabel(name, vocabulary, { tokens });
  if (kind === 'segment') return segment(name, vocabulary);
  const [low = Number.NaN, high = Number.NaN] = range?.split(',').map(Number) ?? [];
  if (range === undefined) throw new UsageError('regress needs --range LOW,HIGH');
  return regress(name, vocabulary, { range: [low, high], tokens });
}

/** The module's `task`, its default export, or the only one that is a task; a function is called. */
async function taskOfModule(path: string): Promise<Task> {
  const file = resolve(path);
  const found = await importModule(path);
  const chosen = [found.task, found.default, ...Object.values(found)].filter((value) => value !== undefined);
  for (const value of chosen) {
    const task =
      typeof value === 'function' && value.length === 0 ? made(value as () => unknown, file) : value;
    if (!isTask(task)) continue;
    requireVersion(task);
    return task;
  }
  throw new FaceXFormerError('BAD_OPTION', `${file} exports no task: export one as "task"`);
}

const isTask = (value: unknown): value is Task =>
  typeof value === 'object' && value !== null && 'head' in value && 'decode' in value && 'tokens' in value;

/** What a factory of the user's makes. @throws {FaceXFormerError} `BAD_OPTION` where it throws. */
function made(factory: () => unknown, file: string): unknown {
  try {
    return factory();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'something that is no Error';
    throw new FaceXFormerError('BAD_OPTION', `a function that ${file} exports throws: ${reason}`, { cause });
  }
}
