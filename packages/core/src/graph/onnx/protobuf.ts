/** The part of the protocol-buffer wire format that ONNX files need. */

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

/** UTF-8, which ES2023 alone has no encoder for. */
export function utf8(text: string): Uint8Array {
  const bytes = unescapeBytes(encodeURIComponent(text));
  return Uint8Array.from(bytes);
}

function unescapeBytes(escaped: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < escaped.length; i += 1) {
    if (escaped[i] === '%') {
      bytes.push(Number.parseInt(escaped.slice(i + 1, i + 3), 16));
      i += 2;
    } else bytes.push(escaped.charCodeAt(i));
  }
  return bytes;
}

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

export const string = (field: number, text: string): Message => bytes(field, utf8(text));

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
