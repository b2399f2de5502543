// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at `miniModel`, for `urlSource`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:4b073d95f84f4ea734cb2540e40745ccefddfa215d1fe4beb766eb0ced288c0d';

/** Length of the file at `miniModel` in bytes. */
export const miniModelBytes: number = 6_533_774;
