/** The instances of classes that the platform's types have; `never` for others, such as elements in a program for Node. */
export type Instance<Name extends string> = Name extends string
  ? typeof globalThis extends Record<Name, { readonly prototype: infer Value }>
    ? Value
    : never
  : never;

/** Where a file lies: a path or `file:` URL in Node, an address in a browser. */
export type Address = string | Instance<'URL'>;

/**
 * What `analyze` takes as a photo besides pixels: a path in Node or an address in a browser, the bytes of a file, a
 * `Blob` or `File`, and whatever shows a picture in a page.
 */
export type Photo =
  | Address
  | Uint8Array
  | ArrayBuffer
  | Instance<'Blob' | 'ImageBitmap' | 'ImageData' | 'OffscreenCanvas' | 'VideoFrame'>
  | Instance<'HTMLImageElement' | 'HTMLCanvasElement' | 'HTMLVideoElement'>;
