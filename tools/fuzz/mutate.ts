import { below, choose, type Random } from './random.ts';

/** Where readers have gone wrong before: signs, widths, ends. */
const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Changes bytes: some set, some runs cut out, doubled or taken from another seed, the end cut off. */
export function mutateBytes(
  random: Random,
  seeds: readonly Uint8Array[],
  tokens: readonly string[] = [],
): Buffer {
  let bytes = Buffer.from(choose(random, seeds));
  // Directories, headers and descriptions stand at the ends of files: half of the changes go there.
  const place = (): number => {
    const near = Math.min(bytes.length, 2 ** below(random, 14));
    const at = below(random, random() < 0.5 ? bytes.length : near);
    return random() < 0.3 ? Math.max(0, bytes.length - 1 - at) : at;
  };
  for (let left = 1 + below(random, 5); left > 0 && bytes.length > 0; left -= 1) {
    const at = place();
    const run = Math.min(bytes.length - at, 1 + below(random, 2 ** below(random, 10)));
    const kind = below(random, 8);
    if (kind <= 2) bytes[at] = below(random, 256);
    else if (kind === 3 && at + 4 <= bytes.length) {
      const value = choose(random, NUMBERS);
      if (random() < 0.5) bytes.writeUInt32LE(value, at);
      else bytes.writeUInt32BE(value, at);
    } else if (kind === 4) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + run)]);
    else if (kind === 5) bytes = Buffer.concat([bytes.subarray(0, at + run), bytes.subarray(at)]);
    else if (kind === 6 && tokens.length > 0) {
      bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(choose(random, tokens)), bytes.subarray(at)]);
    } else if (kind === 6) {
      const other = choose(random, seeds);
      const from = below(random, other.length);
      bytes = Buffer.concat([bytes.subarray(0, at), other.subarray(from, from + run), bytes.subarray(at)]);
    } else if (random() < 0.3) bytes = bytes.subarray(0, at);
  }
  return bytes;
}

/** Stands for nesting that `JSON.stringify` itself cannot write. */
const DEEP = '@deep';
const NESTED = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

/** Values that no reader asked for. */
export const HOSTILE: readonly unknown[] = [
  null,
  true,
  '',
  'constructor',
  '__proto__',
  '../../outside',
  '\u001b[2J\u202e',
  'a'.repeat(100_000),
  -1,
  0,
  0.5,
  2 ** 31,
  2 ** 53,
  1e308,
  [],
  {},
  [[]],
  [null],
  new Array(10_000).fill(0),
  { length: 1e9 },
  DEEP,
];

const throwing = (): never => {
  throw new Error('a getter of the caller');
};

/** Arguments that TypeScript would refuse, and JavaScript would not. */
const STRANGE: readonly (() => unknown)[] = [
  () => undefined,
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => 10n,
  () => Symbol('s'),
  () => () => 1,
  () => new Date(Number.NaN),
  () => Promise.resolve([]),
  () => new Uint8Array(3),
  () => new Map([['a', 1]]),
  () => Object.create(null),
  () => Object.defineProperty({}, 'width', { get: throwing, enumerable: true }),
  () => new Proxy({}, { get: throwing }),
];

/** Any value at all. */
export const anything = (random: Random): unknown =>
  random() < 0.5 ? choose(random, HOSTILE) : choose(random, STRANGE)();

type Node = Record<string, unknown> | unknown[];

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** A copy of a JSON value in which some members are replaced, removed, doubled or swapped for hostile ones. */
export function mutateJson(random: Random, json: unknown): unknown {
  const root = { json: structuredClone(json) };
  for (let left = 1 + below(random, 3); left > 0; left -= 1) {
    let node: Node = root;
    for (;;) {
      const keys = Object.keys(node);
      const key = choose(random, keys);
      const next: unknown = Reflect.get(node, key);
      if (isNode(next) && Object.keys(next).length > 0 && random() < 0.8) {
        node = next;
        continue;
      }
      const kind = below(random, 6);
      if (kind === 0 && node !== root) Reflect.deleteProperty(node, key);
      else if (kind === 1 && Array.isArray(node)) node.push(...node.slice(0, 50));
      else if (kind === 2 && !Array.isArray(node))
        Reflect.set(node, choose(random, ['constructor', 'toString', 'extra', key]), next);
      else if (kind === 3 && typeof next === 'number')
        Reflect.set(node, key, next * choose(random, [-1, 2, 1e9]));
      else Reflect.set(node, key, structuredClone(choose(random, HOSTILE)));
      break;
    }
    if (!isNode(root.json)) break;
  }
  return root.json;
}

/** Such a value as text, sometimes nested more deeply than a stack is high. */
export const mutateJsonText = (random: Random, json: unknown): string =>
  JSON.stringify(mutateJson(random, json) ?? null).replaceAll(`"${DEEP}"`, NESTED);
