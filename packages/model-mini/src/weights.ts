// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at `miniModel`, for `urlSource`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:6480e3501ea2884cb1e85b50b971f0bb14a13bf225deed4a5bffc04b5f439a71';

/** Length of the file at `miniModel` in bytes. */
export const miniModelBytes: number = 6_533_710;
