/** What the options of an analyzer and of its methods may be. */
import {
  checkOptions,
  FLAG,
  FUNCTION,
  having,
  type Kind,
  listOf,
  NUMBER,
  oneOf,
  whole,
} from '../base/arguments.js';
import { CHECKPOINT } from '../checkpoint/checkpoint.js';
import { type AnalyzeOptions, FACE } from '../face/face.js';
import { BOX } from '../image/geometry.js';
import { RUN_OPTIONS, RUNTIME } from '../runtime/runtime.js';
import { NAMES, TASK } from '../task/task.js';
import type { AnalyzeManyOptions } from './many.js';

const ROLLED = having('a box with a roll', { roll: NUMBER });
/** A box whose roll, if it has one, is a number. */
const PLACE: Kind = {
  words: `${BOX.words}, and perhaps its roll in degrees`,
  fits: (value) => BOX.fits(value) && (!Object.hasOwn(Object(value), 'roll') || ROLLED.fits(value)),
  misfit: (value) => BOX.misfit?.(value) ?? ROLLED.misfit?.(value),
};
export const BOXES = listOf(PLACE);
export const FACES = listOf(FACE);

export const ANALYZER_OPTIONS = {
  ...RUN_OPTIONS,
  runtime: RUNTIME,
  checkpoint: CHECKPOINT,
  tasks: listOf(TASK, 1),
  detector: { ...FUNCTION, words: 'a function such as blazeFace()' },
  precision: oneOf('fp32', 'int8'),
  onStage: FUNCTION,
};

const MANY = {
  ...RUN_OPTIONS,
  only: NAMES,
  detect: FLAG,
  rotations: FLAG,
  choose: FUNCTION,
  raw: FLAG,
  pixels: FLAG,
  ahead: whole(1, 1024),
  onProgress: FUNCTION,
};

/** @throws {FaceXFormerError} `BAD_OPTION`. */
export const checkMany = (options: AnalyzeManyOptions<string, never>): void =>
  checkOptions('analyzeMany', options, MANY);

/** @throws {FaceXFormerError} `BAD_OPTION`. */
export const checkAnalyze = (method: string, options: AnalyzeOptions): void =>
  checkOptions(method, options, { ...RUN_OPTIONS, only: NAMES, boxes: BOXES, detect: FLAG, rotations: FLAG });
