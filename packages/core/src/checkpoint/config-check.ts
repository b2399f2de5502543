import { type Fields, isRecord } from '../base/record.js';
import type { ModelConfig } from '../model/config.js';
import { check, part } from './checks.js';

const isSizeUpTo =
  (most: number) =>
  (value: unknown): value is number =>
    Number.isInteger(value) && (value as number) > 0 && (value as number) <= most;
const isWidth = isSizeUpTo(65536);
const isDepth = isSizeUpTo(128);
const isFour = (value: unknown, isOne: (item: unknown) => boolean): value is readonly number[] =>
  Array.isArray(value) && value.length === 4 && value.every(isOne);
const isTriple = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.length === 3 && value.every(Number.isFinite);

/** A share of a face box by which its crop may differ from it. */
const isShift = (value: unknown): boolean => typeof value === 'number' && Math.abs(value) <= 10;

/** Degrees from which a face is turned upright. */
const isRoll = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 180;

/** Window masks are constants of the graph: this many values are 256 MB. */
const MOST_MASK_VALUES = 2 ** 26;
const MOST_TOKENS = 4096;
/** Pixels of an input: 2048 x 1024, forty times those of the paper. */
export const MOST_INPUT = 2 ** 21;

/**
 * Checks the network that a file describes, so that building it can neither fail because of its sizes nor exhaust memory.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` naming the field.
 */
export function checkConfig(model: Fields): asserts model is Fields & ModelConfig {
  const input = part(model, 'input');
  check(isWidth(input.height) && isWidth(input.width), 'input');
  check(input.height * input.width <= MOST_INPUT, 'input');
  checkBackbone(part(model, 'backbone'), input.height, input.width);
  const { dim, heads, mlpDim, depth } = part(model, 'decoder');
  check(isWidth(dim) && isWidth(heads) && isWidth(mlpDim) && isDepth(depth), 'decoder');
  check((dim / 2) % heads === 0, 'decoder.heads'); // cross attention works on half the width
  const { mean, std } = part(model, 'normalization');
  check(isTriple(mean) && isTriple(std) && std.every((value) => value > 0), 'normalization');
  const { margin, square, raise = 0, upright = 0 } = part(model, 'crop');
  check(isShift(margin) && isShift(raise) && typeof square === 'boolean', 'crop');
  check(isRoll(upright) && (square || upright === 0), 'crop.upright');
  const { tasks } = model;
  check(Array.isArray(tasks) && tasks.length > 0 && tasks.every(isTask), 'tasks');
  const tokens = (tasks as ModelConfig['tasks']).reduce((sum, task) => sum + task.tokens, 0);
  check(tokens <= MOST_TOKENS, 'tasks');
}

const isTask = (task: unknown): boolean =>
  isRecord(task) && typeof task.name === 'string' && isWidth(task.tokens);

function checkBackbone(backbone: Fields, height: number, width: number): void {
  const { family, depths } = backbone;
  check(family === 'swin' || family === 'convnet', 'backbone.family');
  check(isFour(depths, isDepth), 'backbone.depths');
  if (family === 'convnet') {
    const { stem, widths, expand } = backbone;
    check(isWidth(stem) && isFour(widths, isWidth) && (expand === 0 || isWidth(expand)), 'backbone');
    return;
  }
  const { embedDim, heads, window } = backbone;
  check(isWidth(embedDim) && isFour(heads, isWidth), 'backbone');
  check(
    heads.every((count, stage) => (embedDim * 2 ** stage) % count === 0),
    'backbone.heads',
  );
  check(isWidth(window), 'backbone.window');
  const tokens = Math.max(height / 4, window) * Math.max(width / 4, window);
  check(tokens * window ** 2 <= MOST_MASK_VALUES, 'backbone.window');
}
