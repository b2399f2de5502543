import { runInThisContext } from 'node:vm';
import { here } from './require-here.js';

/** What native code knows of the language: its own typed arrays, and what is loaded beside it. */
interface Realm {
  readonly Float32Array: Float32ArrayConstructor;
  readonly require: NodeJS.Require;
}

/**
 * The realm of the process, if this module runs in another, as it does in Jest: native code answers with the process's
 * typed arrays and takes no others.
 */
export const outerRealm: Realm | undefined = find();

function find(): Realm | undefined {
  const outer: Float32ArrayConstructor = runInThisContext('Float32Array');
  if (outer === Float32Array) return undefined;
  const { createRequire } = runInThisContext('process').getBuiltinModule('node:module');
  return { Float32Array: outer, require: createRequire(here) };
}

const Native = outerRealm?.Float32Array ?? Float32Array;

/** The same values as an array of the realm that native code knows. Shares memory. */
export const toNative = (data: Float32Array): Float32Array =>
  Object.getPrototypeOf(data) === Native.prototype
    ? data
    : new Native(data.buffer, data.byteOffset, data.length);
