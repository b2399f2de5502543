import { FaceXFormerError } from '../base/errors.js';

const OF_ONE_PHOTO = new Set('BAD_IMAGE BAD_OPTION BAD_TENSOR BUSY CRASHED NOT_FOUND UNSUPPORTED'.split(' '));

/** Whether an error concerns one photo of many; those of the engine and of the caller concern all of them. */
export const isOfOnePhoto = (error: unknown): error is FaceXFormerError =>
  FaceXFormerError.isInstance(error) && OF_ONE_PHOTO.has(error.code);
