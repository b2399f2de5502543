import { readFile, stat } from 'node:fs/promises';
import { FaceXFormerError } from '@facexformer/core';
import { checkByteLength, type DecodeLimits, unknownImage } from '@facexformer/core/runtime';
import { pathOf } from './path-of.js';

/** An encoded picture: a path, a `file:` URL, the bytes of the file, or a `Blob` or `File` of an upload. */
export type EncodedImage = string | URL | Uint8Array | ArrayBuffer | Blob;

/** The bytes of a picture, and its name in messages. */
export interface ImageBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads an encoded picture of at most `maxBytes`.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_IMAGE`, and `UNSUPPORTED` for addresses that are not files.
 */
export async function readImage(image: EncodedImage, limits: DecodeLimits): Promise<ImageBytes> {
  if (image instanceof ArrayBuffer || image instanceof Uint8Array) {
    const name = 'the image';
    checkByteLength(name, image.byteLength, limits);
    return { name, bytes: image instanceof ArrayBuffer ? new Uint8Array(image) : image };
  }
  if (image instanceof Blob) {
    const name = 'the image';
    checkByteLength(name, image.size, limits);
    return { name, bytes: new Uint8Array(await image.arrayBuffer()) };
  }
  if (typeof image !== 'string' && !(image instanceof URL)) {
    throw unknownImage(image, 'a path, a file: URL, bytes, a Blob, a File or pixels');
  }
  const name = pathOf(image);
  return { name, bytes: await readPath(name, limits) };
}

async function readPath(path: string, limits: DecodeLimits): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (!info.isFile()) {
      throw new FaceXFormerError('BAD_IMAGE', `${path} is ${info.isDirectory() ? 'a folder' : 'not a file'}`);
    }
    checkByteLength(path, info.size, limits);
    return await readFile(path);
  } catch (cause) {
    if (FaceXFormerError.isInstance(cause)) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new FaceXFormerError('NOT_FOUND', `${path} does not exist`, { cause });
    }
    throw new FaceXFormerError('BAD_IMAGE', `${path} cannot be read`, { cause });
  }
}
