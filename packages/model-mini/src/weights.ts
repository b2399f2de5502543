// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at `miniModel`, for `urlSource`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:a90fd239d25fbe5c97ff62af7ebf7c89e45747a4617939489b4a0bb3c2ff0030';

/** Length of the file at `miniModel` in bytes. */
export const miniModelBytes: number = 6_533_774;
