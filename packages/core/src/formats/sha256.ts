import { BYTES, demand } from '../base/arguments.js';

/** SHA-256 (FIPS 180-4) in pieces: no API for it is common to Node and browsers that takes more than one piece. */
export interface Sha256 {
  /** Takes the next bytes. */
  add(bytes: Uint8Array): void;
  /** 64 hexadecimal digits; the object is used up. */
  digest(): string;
}

/** Fractional bits of a root of the first primes, as the standard's constants are defined. */
function rootBits(count: number, root: (prime: number) => number): Int32Array {
  const bits = new Int32Array(count);
  for (let found = 0, n = 2; found < count; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    const value = root(n);
    bits[found] = Math.floor((value - Math.floor(value)) * 2 ** 32);
    found += 1;
  }
  return bits;
}

const ROUND = rootBits(64, Math.cbrt);
const START = rootBits(8, Math.sqrt);

/** Begins a hash. */
export function sha256(): Sha256 {
  const state = START.slice();
  const words = new Int32Array(64);
  const rest = new Uint8Array(64);
  let filled = 0;
  let total = 0;

  function add(bytes: Uint8Array): void {
    demand(bytes, BYTES, 'sha256: bytes');
    total += bytes.length;
    let at = 0;
    if (filled > 0) {
      at = Math.min(64 - filled, bytes.length);
      rest.set(bytes.subarray(0, at), filled);
      filled += at;
      if (filled < 64) return;
      compress(state, words, rest, 0);
    }
    for (; at + 64 <= bytes.length; at += 64) compress(state, words, bytes, at);
    rest.set(bytes.subarray(at));
    filled = bytes.length - at;
  }

  function digest(): string {
    const bits = BigInt(total) * 8n;
    const end = new Uint8Array((filled < 56 ? 64 : 128) - filled);
    end[0] = 0x80;
    new DataView(end.buffer).setBigUint64(end.length - 8, bits, false);
    add(end);
    return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  return { add, digest };
}

/** One block of 64 bytes. */
function compress(state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0, b = at; i < 16; i += 1, b += 4) {
    w[i] = (bytes[b]! << 24) | (bytes[b + 1]! << 16) | (bytes[b + 2]! << 8) | bytes[b + 3]!;
  }
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15]!;
    const y = w[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    w[i] = (w[i - 16]! + s0 + w[i - 7]! + s1) | 0;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + w[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}
