import { demand, listOf } from '../base/arguments.js';
import { type ErrorCode, FaceXFormerError } from '../base/errors.js';
import { isRecord } from '../base/record.js';
import { TASK, type Task } from '../task/task.js';
import { analyzedFace } from './analyzed-face.js';
import { type AnalyzedFace, FACE, type Face } from './face.js';

/**
 * The typed face of the JSON that `JSON.stringify(face)` or `face.toJSON()` gave, parsed. Its numbers have six digits.
 * @param tasks those that it was analysed with
 * @throws {FaceXFormerError} `BAD_OPTION` for anything else.
 */
export function readFace<const Tasks extends readonly Task[]>(
  json: unknown,
  tasks: Tasks,
): AnalyzedFace<Tasks> {
  demand(json, FACE, 'readFace: what JSON.parse gives');
  demand(tasks, listOf(TASK), 'readFace: tasks');
  const { errors, ...fields } = json as Readonly<Record<string, unknown>>;
  const results = tasks.flatMap(({ name, json: form }) =>
    Object.hasOwn(fields, name) && form ? [[name, form.read(fields[name])] as const] : [],
  );
  const failed = Object.entries(isRecord(errors) ? errors : {}).map(([name, error]) => {
    const { code, message } = isRecord(error) ? error : {};
    return [name, new FaceXFormerError(code as ErrorCode, String(message))] as const;
  });
  const face = fields as unknown as Face;
  const whole = analyzedFace(face, Object.fromEntries(results), Object.fromEntries(failed), tasks);
  return whole as AnalyzedFace<Tasks>;
}
