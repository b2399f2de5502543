// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at `miniModel`, for `urlSource`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:6626f459a6d61b7280753f356bd737f11aa21661f3276bde02f2ab23fb858dc7';

/** Length of the file at `miniModel` in bytes. */
export const miniModelBytes: number = 6_533_710;
