// Written by the build from weights/mini.safetensors.

/** SHA-256 of the file at `miniModel`, for `urlSource`: a browser verifies the weights by it and keeps them. */
export const miniModelHash: string =
  'sha256:e6ed38c3b93577cd70a9cc83655a8da5f0cfd449c398a734ed54e0c17043530e';

/** Length of the file at `miniModel` in bytes. */
export const miniModelBytes: number = 6_533_774;
