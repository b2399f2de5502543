/** The part of the protocol-buffer wire format that ONNX files need. */
import { encodeUtf8 } from '../../base/utf8.js';

/** Pieces that, joined, are the message. Large payloads stay views until the end. */
export type Message = readonly Uint8Array[];

function varint(value: number): number[] {
  const bytes: number[] = [];
  if (value < 0) {
    // two's complement in 64 bits: nine full bytes and the sign
    const low = BigInt.asUintN(64, BigInt(value));
    for (let shift = 0n; shift < 63n; shift += 7n) bytes.push(Number((low >> shift) & 0x7fn) | 0x80);
    return [...bytes, 1];
  }
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return bytes;
}

const key = (field: number, wire: number): number[] => varint(field * 8 + wire);

const lengthOf = (message: Message): number => message.reduce((sum, part) => sum + part.byteLength, 0);

export const int = (field: number, value: number): Message => [
  Uint8Array.from([...key(field, 0), ...varint(value)]),
];

export const float = (field: number, value: number): Message => [
  Uint8Array.from(key(field, 5)),
  new Uint8Array(Float32Array.of(value).buffer),
];

export const bytes = (field: number, payload: Uint8Array): Message => [
  Uint8Array.from([...key(field, 2), ...varint(payload.byteLength)]),
  payload,
];

export const string = (field: number, text: string): Message => bytes(field, encodeUtf8(text));

/** Small messages become one piece at once: files have tens of thousands of fields. */
const SMALL = 4096;

export const message = (field: number, ...parts: readonly Message[]): Message => {
  const body = parts.flat();
  const length = lengthOf(body);
  const pieces = [Uint8Array.from([...key(field, 2), ...varint(length)]), ...body];
  return length < SMALL ? [join(pieces)] : pieces;
};

export function join(parts: Message): Uint8Array {
  const joined = new Uint8Array(lengthOf(parts));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.byteLength;
  }
  return joined;
}
