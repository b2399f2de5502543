import { demand, FUNCTION, having, listOf, nameOf, OBJECT, TEXT, whole } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import type { Tensor } from '../base/tensor.js';
import type { Value } from '../graph/value.js';
import type { Box, Point, TurnedBox } from '../image/geometry.js';
import type { Shape } from './draw.js';
import type { HeadContext } from './head.js';
import type { JsonSchema } from './json-schema.js';
import type { Learning } from './learning.js';
import type { Metrics } from './metrics.js';
import type { TaskRecipe } from './recipe.js';
import type { ResultJson } from './result-json.js';
import type { Smooth } from './smooth.js';
import type { Vocabulary } from './vocabulary.js';

/** What a decoder knows beside the raw output. */
export interface DecodeContext {
  /**
   * The crop that the network saw, in photo pixels; integers. Where it is turned, directions in the raw output are
   * relative to it, and results are stated relative to the photo.
   */
  readonly crop: TurnedBox;
  /** Labels and conventions of this task in the loaded checkpoint. */
  readonly vocabulary: Vocabulary;
}

/** What a drawing knows beside the result. */
export interface DrawContext {
  /** The face's box in photo pixels. */
  readonly box: Box;
}

/** A task: its learnable tokens, the head that reads them, and the meaning of the head's output. */
export interface TaskDefinition<Name extends string, Result> {
  readonly name: Name;
  /** Tokens that the task adds to the decoder's sequence. */
  readonly tokens: number;
  /** Labels and conventions for checkpoints that bring none of their own. */
  readonly vocabulary: Vocabulary;
  /** Builds the raw output [B, ...] from the task's own output tokens, and the face if it asks for it. */
  readonly head: (context: HeadContext) => Value;
  /** One face's raw output, without the batch axis, to a typed result in photo coordinates. */
  readonly decode: (raw: Tensor, context: DecodeContext) => Result;
  /** What to draw over the photo for a result. */
  readonly draw?: (result: Result, context: DrawContext) => readonly Shape[];
  /** Which numbers of a result may be smoothed from frame to frame; without it a stream leaves the result as it is. */
  readonly smooth?: Smooth<Result>;
  /** At least three places that move with the face, in photo pixels; a stream follows the face by them. */
  readonly anchors?: (result: Result) => readonly Point[];
  /** How a result is written as JSON; without it, as it is. */
  readonly json?: ResultJson<NoInfer<Result>>;
  /** Describes a result as it is written as JSON, with any checkpoint; `faceSchema` makes the schema of a face from it. */
  readonly schema?: JsonSchema;
  /** How the task learns; without it, it cannot be trained. */
  readonly learning?: Learning;
  /** How the task is judged; without it, it cannot be evaluated. */
  readonly metrics?: Metrics<NoInfer<Result>>;
  /** Set by the task factories. */
  readonly recipe?: TaskRecipe;
}

/** The version of the contract between a task and the pipeline. */
export const TASK_VERSION = 1;

/** What the pipeline holds. `out` marks both parameters as produced only, so that any task is a `Task`. */
export interface Task<out Name extends string = string, out Result = unknown> {
  /** The version of this contract; {@link defineTask} sets it, and a model refuses tasks of another. */
  readonly specificationVersion: typeof TASK_VERSION;
  readonly name: Name;
  readonly tokens: number;
  readonly vocabulary: Vocabulary;
  /** {@link TaskDefinition.head} */
  head(context: HeadContext): Value;
  /** {@link TaskDefinition.decode} */
  decode(raw: Tensor, context: DecodeContext): Result;
  /** {@link TaskDefinition.draw} */
  draw?(result: unknown, context: DrawContext): readonly Shape[];
  readonly smooth?: Smooth;
  readonly json?: ResultJson;
  /** {@link TaskDefinition.schema} */
  readonly schema?: JsonSchema;
  /** {@link TaskDefinition.anchors} */
  anchors?(result: unknown): readonly Point[];
  readonly learning?: Learning;
  readonly metrics?: Metrics;
  readonly recipe?: TaskRecipe;
}

/** Checks of arguments. */
export const TOKENS = whole(1, 1024);
export const NAMES = listOf({ ...TEXT, words: 'the name of a task' });
/** A {@link Task}, for `demand`. */
export const TASK = having('a task such as age() or a plugin(task, weights)', {
  name: TEXT,
  tokens: TOKENS,
  vocabulary: OBJECT,
  head: FUNCTION,
  decode: FUNCTION,
});

const DEFINITION = having('{ name, tokens, vocabulary, head, decode }', {
  tokens: TOKENS,
  vocabulary: having('{ id, labels }', { id: TEXT, labels: listOf(TEXT) }),
  head: FUNCTION,
  decode: FUNCTION,
});

/** Names that a face result uses itself. */
const RESERVED = new Set('box score crop keypoints track warning errors attention toJSON'.split(' '));

/**
 * Checks a definition and gives it its place in the type system.
 * @throws {FaceXFormerError} `BAD_OPTION` for a name that is not an identifier or is reserved, or a bad token count.
 */
export function defineTask<const Name extends string, Result>(
  definition: TaskDefinition<Name, Result>,
): Task<Name, Result> {
  const { name } = demand(definition, OBJECT, 'defineTask: the definition');
  if (typeof name !== 'string' || !/^[a-z][a-zA-Z0-9]*$/.test(name) || RESERVED.has(name)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `task name ${nameOf(name)} must be a camelCase identifier other than ${[...RESERVED].join(', ')}`,
    );
  }
  demand(definition, DEFINITION, `defineTask: task "${name}"`);
  return { specificationVersion: TASK_VERSION, ...definition } as Task<Name, Result>;
}

/**
 * Refuses a task that was made with another version of the contract.
 * @throws {FaceXFormerError} `UNSUPPORTED`, telling which package to update.
 */
export function requireVersion(task: Task): void {
  const { name, specificationVersion } = demand(task, TASK, 'the task');
  const version: number = specificationVersion;
  if (version === TASK_VERSION) return;
  throw new FaceXFormerError(
    'UNSUPPORTED',
    `task "${name}" follows version ${version} of the task contract, this @facexformer/core version ${TASK_VERSION}: ` +
      `update ${version > TASK_VERSION ? '@facexformer/core' : 'the package of the task'}`,
    { details: { expected: TASK_VERSION, actual: version } },
  );
}
