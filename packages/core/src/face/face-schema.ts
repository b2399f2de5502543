import { demand, listOf } from '../base/arguments.js';
import {
  BOX,
  CROP,
  type JsonSchema,
  listSchema,
  NUMBER,
  objectSchema,
  POINT,
  PROBABILITY,
  TEXT,
} from '../task/json-schema.js';
import { TASK, type Task } from '../task/task.js';

/** An error as it is written among a face's `errors`. */
const ERROR = objectSchema({ code: TEXT, message: TEXT });

const FACE: Readonly<Record<string, JsonSchema>> = {
  box: { ...BOX, description: 'the detected or given box, photo pixels' },
  score: { ...PROBABILITY, description: "the detector's confidence; 1 for given boxes" },
  crop: { ...CROP, description: 'the part of the photo that the network saw, photo pixels' },
  keypoints: { ...listSchema(POINT), description: "the detector's points, photo pixels" },
  warning: { ...TEXT, description: 'present while the weights are untrained and the results mean nothing' },
  errors: {
    type: 'object',
    additionalProperties: ERROR,
    description: 'tasks that failed on this face, by name',
  },
  track: {
    ...objectSchema({
      id: { type: 'integer', minimum: 1 },
      age: { type: 'integer', minimum: 1 },
      since: NUMBER,
      detected: { type: 'boolean' },
    }),
    description: 'which face this is, in a stream',
  },
};

const REQUIRED = ['box', 'score', 'crop'];

/**
 * The JSON Schema (draft 2020-12) of what `JSON.stringify(face)` writes with these tasks. A task that was not asked for,
 * or that failed, has no property; one without a `schema` may write anything; properties of other tasks are allowed.
 */
export const faceSchema = (tasks: readonly Task[]): JsonSchema => ({
  type: 'object',
  properties: {
    ...FACE,
    ...Object.fromEntries(
      demand(tasks, listOf(TASK), 'faceSchema: tasks').map(({ name, schema }) => [name, schema ?? {}]),
    ),
  },
  required: REQUIRED,
});
