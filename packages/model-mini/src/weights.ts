// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at `miniModel`, for `urlSource`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:5b498adb27d14036b0e0ff699049a6add5b425571ed372c57b1c9523671e2719';

/** Length of the file at `miniModel` in bytes. */
export const miniModelBytes: number = 6_533_774;
