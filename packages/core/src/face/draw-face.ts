import type { FaceXFormerError } from '../base/errors.js';
import type { Box } from '../image/geometry.js';
import { attempt } from '../task/attempt.js';
import type { Shape } from '../task/draw.js';
import type { Task } from '../task/task.js';
import { resultOf } from './changed-face.js';
import type { Face, TaskErrors } from './face.js';

/** What is to be drawn of a face, in photo pixels: `toSvg`, `drawOnCanvas` and `renderOverlay` take a list of them. */
export interface Drawing {
  readonly box: Box;
  /** Of all tasks, in their order. */
  readonly shapes: readonly Shape[];
  /** Why some tasks could not draw. */
  readonly errors?: TaskErrors;
}

/** What `tasks` draw of a face; a task that fails draws nothing and stands in `errors`. */
export function drawFace(face: Face, tasks: readonly Task[]): Drawing {
  const errors: Record<string, FaceXFormerError> = {};
  const shapes = tasks.flatMap((task) => {
    const result = resultOf(face, task);
    if (result === undefined || !task.draw) return [];
    const answer = attempt(task.name, 'draw', () => task.draw!(result, { box: face.box }));
    if ('result' in answer) return answer.result;
    errors[task.name] = answer.error;
    return [];
  });
  const failed = Object.keys(errors).length > 0;
  return { box: face.box, shapes, ...(failed && { errors }) };
}
