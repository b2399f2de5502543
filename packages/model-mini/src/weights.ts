// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at `miniModel`, for `urlSource`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:347919602255941817c20941d53bd6dc9a9c50ac0f8a4a62120b3cb757bac10d';

/** Length of the file at `miniModel` in bytes. */
export const miniModelBytes: number = 6_533_774;
