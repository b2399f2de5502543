import { FaceXFormerError } from '../base/errors.js';
import { isRecord } from '../base/record.js';
import { attempt } from '../task/attempt.js';
import type { Task } from '../task/task.js';
import type { Face, FaceJson } from './face.js';

/** As many as the network's numbers have that mean something. */
const DIGITS = 6;

/** A face as JSON, results in the tasks' own compact forms; `readFace` reads it. What cannot be written is among `errors`. */
export function writeFace(face: Face, tasks: readonly Task[]): FaceJson {
  const errors: Record<string, unknown> = { ...face.errors };
  const fields = Object.entries(face).filter(([name]) => name !== 'errors');
  const written = fields.flatMap(([name, value]) => {
    const json = tasks.find((task) => task.name === name)?.json;
    const answer = json ? attempt(name, 'write its result', () => json.write(value)) : { result: value };
    if ('result' in answer) return [[name, plain(answer.result)]];
    errors[name] = answer.error;
    return [];
  });
  const failed = Object.keys(errors).length > 0;
  return { ...Object.fromEntries(written), ...(failed && { errors: plain(errors) }) };
}

function plain(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
  if (FaceXFormerError.isInstance(value)) return { code: value.code, message: value.message };
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array | Uint8Array, plain);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
