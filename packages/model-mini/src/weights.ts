// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at `miniModel`, for `urlSource`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:642e7be46353b81e915549ae8550d00f39ad946c9a910c2ef745140673029486';

/** Length of the file at `miniModel` in bytes. */
export const miniModelBytes: number = 6_533_774;
