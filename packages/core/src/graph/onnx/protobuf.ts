/** The part of the protocol-buffer wire format that ONNX files need. */
import { encodeUtf8 } from '../../utf8.js';

/** Pieces that, joined, are the message. Large payloads stay views until the end. */
export type Message = readonly Uint8Array[];

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}

const key = (field: number, wire: number): number[] => varint(field * 8 + wire);

export const lengthOf = (message: Message): number => message.reduce((sum, part) => sum + part.byteLength, 0);

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

export const message = (field: number, ...parts: readonly Message[]): Message => {
  const body = parts.flat();
  return [Uint8Array.from([...key(field, 2), ...varint(lengthOf(body))]), ...body];
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
