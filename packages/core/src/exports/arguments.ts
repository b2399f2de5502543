/** Checks of arguments, for the border of every package: each error names the argument, what it must be, and its kind. */
export {
  ANY_TEXT,
  BYTES,
  between,
  checkOptions,
  demand,
  FLAG,
  FLOATS,
  FUNCTION,
  having,
  type Kind,
  kind,
  LIST,
  listOf,
  NUMBER,
  nameOf,
  nearestOf,
  OBJECT,
  oneOf,
  SIGNAL,
  TEXT,
  tagOf,
  whole,
} from '../base/arguments.js';
export { foreign, messageOf } from '../base/foreign.js';
export { CHECKPOINT } from '../checkpoint/checkpoint.js';
export { FACE } from '../face/face.js';
export { BYTE_SOURCE } from '../formats/byte-source.js';
export { BOX, POINT, SIZE } from '../image/geometry.js';
export { PIXELS } from '../image/pixels.js';
export { RUN_OPTIONS, RUNTIME } from '../runtime/runtime.js';
export { TASK } from '../task/task.js';
