/** Which operators the ONNX file may use. `portable` is standard ONNX only. */
export type Target = 'portable' | 'cpu' | 'cuda' | 'webgpu' | 'wasm';

/** An ONNX model, with the weights inside it or in one file beside it. */
export interface OnnxModel {
  readonly bytes: Uint8Array;
  /**
   * Whether the engine should still look for faster forms: of convolutions (memory layout) and int8 products (fusion).
   * Other graphs are lowered to their final form, and looking only delays the start. Default true.
   */
  readonly optimize?: boolean;
  /** Absolute path of the file that `bytes` refers to for its weights, if it does. */
  readonly externalFile?: string;
}
