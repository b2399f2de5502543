import { expectThat } from './expect.js';

/** @throws {Error} for anything in a result that is not plain data, or a number that is not finite. */
export function expectPlain(path: string, value: unknown): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    expectThat(Number.isFinite(value), `${path} is ${value}`);
  } else if (isNumbers(value)) {
    expectThat(value.every(Number.isFinite), `${path} holds numbers that are not finite`);
  } else {
    expectThat(typeof value === 'object', `${path} is ${typeof value}, which JSON cannot hold`);
    const prototype: unknown = Object.getPrototypeOf(value);
    const isPlain = Array.isArray(value) || prototype === Object.prototype || prototype === null;
    expectThat(isPlain, `${path} is not a plain object`);
    for (const [key, item] of Object.entries(value)) expectPlain(`${path}.${key}`, item);
  }
}

/** The same data with lists and fields in an order of their own; numbers rounded, class maps left out. */
export function unordered(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(6));
  if (isNumbers(value)) return undefined;
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(unordered(item))).sort();
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([key, item]) => [key, unordered(item)]));
}

const isNumbers = (value: unknown): value is Uint8Array | Int32Array | Float32Array | Float64Array =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);
