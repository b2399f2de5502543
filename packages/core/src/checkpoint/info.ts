import { FaceXFormerError } from '../errors.js';
import type { CheckpointInfo } from './checkpoint.js';

/** Key of our JSON in the safetensors metadata. */
export const INFO_KEY = 'facexformer';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSize = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= 65536;
const isSizes = (value: unknown): boolean =>
  Array.isArray(value) && value.length === 4 && value.every(isSize);
const isTriple = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length === 3 &&
  value.every((x) => typeof x === 'number' && Number.isFinite(x));

/**
 * Reads what a checkpoint says of itself, trusting nothing.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` naming the field, `UNSUPPORTED` for a newer format.
 */
export function parseInfo(json: string): CheckpointInfo {
  let info: unknown;
  try {
    info = JSON.parse(json);
  } catch (cause) {
    throw new FaceXFormerError('BAD_CHECKPOINT', 'the checkpoint describes itself in broken JSON', { cause });
  }
  const check = (ok: boolean, field: string): void => {
    if (!ok)
      throw new FaceXFormerError('BAD_CHECKPOINT', `the checkpoint has no usable "${field}"`, {
        details: { field },
      });
  };
  const part = (parent: unknown, field: string): Readonly<Record<string, unknown>> => {
    const value = isRecord(parent) ? parent[field] : undefined;
    check(isRecord(value), field);
    return value as Readonly<Record<string, unknown>>;
  };
  check(isRecord(info), 'facexformer');
  const { formatVersion } = info as { readonly formatVersion?: unknown };
  if (formatVersion !== 1) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      `checkpoint format ${String(formatVersion)} is not 1: update @facexformer/core`,
    );
  }
  const model = part(info, 'model');
  const backbone = part(model, 'backbone');
  const decoder = part(model, 'decoder');
  const input = part(model, 'input');
  const crop = part(model, 'crop');
  const normalization = part(model, 'normalization');
  check(backbone.family === 'swin' || backbone.family === 'convnet', 'backbone.family');
  check(isSizes(backbone.depths), 'backbone.depths');
  if (backbone.family === 'swin') {
    check(isSize(backbone.embedDim) && isSizes(backbone.heads) && isSize(backbone.window), 'backbone');
  } else
    check(
      isSize(backbone.stem) && isSizes(backbone.widths) && (backbone.expand === 0 || isSize(backbone.expand)),
      'backbone',
    );
  check(
    ['dim', 'heads', 'mlpDim', 'depth'].every((field) => isSize(decoder[field])),
    'decoder',
  );
  check(isSize(input.height) && isSize(input.width), 'input');
  check(isTriple(normalization.mean) && isTriple(normalization.std), 'normalization');
  check(typeof crop.margin === 'number' && typeof crop.square === 'boolean', 'crop');
  const { tasks } = model;
  const isTask = (task: unknown): boolean =>
    isRecord(task) && typeof task.name === 'string' && isSize(task.tokens);
  check(Array.isArray(tasks) && tasks.length > 0 && tasks.every(isTask), 'tasks');
  for (const [name, value] of Object.entries(part(info, 'vocabularies'))) {
    const usable = isRecord(value) && typeof value.id === 'string' && Array.isArray(value.labels);
    check(
      usable && (value.labels as unknown[]).every((label) => typeof label === 'string'),
      `vocabularies.${name}`,
    );
  }
  const provenance = part(info, 'provenance');
  const texts = ['name', 'source', 'licence'].every((field) => typeof provenance[field] === 'string');
  check(texts && typeof provenance.trained === 'boolean', 'provenance');
  return info as CheckpointInfo;
}
