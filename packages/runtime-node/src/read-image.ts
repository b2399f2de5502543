import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { FaceXFormerError } from '@facexformer/core';

/** An encoded picture: a path, a `file:` URL, or the bytes of the file. */
export type EncodedImage = string | URL | Uint8Array | ArrayBuffer;

/** The bytes of a picture and what to call it in messages. */
export interface ImageBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads an encoded picture of at most `maxBytes`.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_IMAGE`, and `UNSUPPORTED` for addresses that are not files.
 */
export async function readImage(image: EncodedImage, maxBytes: number): Promise<ImageBytes> {
  if (image instanceof ArrayBuffer) return checkSize('the image', new Uint8Array(image), maxBytes);
  if (image instanceof Uint8Array) return checkSize('the image', image, maxBytes);
  if (typeof image !== 'string' && !(image instanceof URL)) {
    throw new FaceXFormerError(
      'BAD_IMAGE',
      `an image is a path, a file: URL, bytes or pixels, not ${image === null ? 'null' : typeof image}`,
    );
  }
  const path = pathOf(image);
  return checkSize(path, await readPath(path, maxBytes), maxBytes);
}

function pathOf(image: string | URL): string {
  const address = String(image);
  if (typeof image === 'string' && !/^[a-z][a-z0-9+.-]*:\/\//i.test(image)) return image;
  try {
    return fileURLToPath(address);
  } catch (cause) {
    throw new FaceXFormerError('UNSUPPORTED', `${address} is not a local file: fetch it and pass the bytes`, {
      cause,
    });
  }
}

async function readPath(path: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (!info.isFile()) {
      throw new FaceXFormerError('BAD_IMAGE', `${path} is ${info.isDirectory() ? 'a folder' : 'not a file'}`);
    }
    if (info.size > maxBytes) throw tooLarge(path, info.size, maxBytes);
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

function checkSize(name: string, bytes: Uint8Array, maxBytes: number): ImageBytes {
  if (bytes.byteLength === 0) throw new FaceXFormerError('BAD_IMAGE', `${name} is empty`);
  if (bytes.byteLength > maxBytes) throw tooLarge(name, bytes.byteLength, maxBytes);
  return { name, bytes };
}

const tooLarge = (name: string, size: number, maxBytes: number): FaceXFormerError =>
  new FaceXFormerError('BAD_IMAGE', `${name} has ${size} bytes, the limit maxBytes is ${maxBytes}`);
