/** In every JavaScript engine that we run on, though not in TypeScript's ES library. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

export const encodeUtf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** Malformed sequences become U+FFFD. */
export const decodeUtf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
