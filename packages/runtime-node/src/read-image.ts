import { readFile, stat } from 'node:fs/promises';
import { FaceXFormerError } from '@facexformer/core';
import { tagOf } from '@facexformer/core/arguments';
import { checkByteLength, type DecodeLimits, unknownImage } from '@facexformer/core/runtime';
import { nameOf, pathOf } from './path-of.js';

/** An encoded picture: a path, a `file:` URL, the bytes of the file, or a `Blob` or `File` of an upload. */
export type EncodedImage = string | URL | Uint8Array | ArrayBuffer | Blob;

/** The bytes of a picture, and its name in messages. */
export interface ImageBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function bytesOf(image: EncodedImage): Uint8Array | undefined {
  if (tagOf(image) === 'ArrayBuffer') return new Uint8Array(image as ArrayBuffer);
  if (tagOf(image) !== 'Uint8Array') return undefined;
  const { buffer, byteOffset, byteLength } = image as Uint8Array;
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Whether a picture is given by the place of its file. */
export const isAddress = (image: unknown): image is string | URL =>
  typeof image === 'string' || tagOf(image) === 'URL';

const isBlob = (image: EncodedImage): image is Blob => ['Blob', 'File'].includes(tagOf(image));

/**
 * Reads an encoded picture of at most `maxBytes`.
 * @throws {FaceXFormerError} `NOT_FOUND`, `BAD_IMAGE`, and `UNSUPPORTED` for addresses that are not files.
 */
export async function readImage(image: EncodedImage, limits: DecodeLimits): Promise<ImageBytes> {
  const bytes = bytesOf(image);
  if (bytes) {
    checkByteLength('the image', bytes.byteLength, limits);
    return { name: 'the image', bytes };
  }
  if (isBlob(image)) {
    const name = 'the image';
    checkByteLength(name, image.size, limits);
    return { name, bytes: new Uint8Array(await image.arrayBuffer()) };
  }
  if (!isAddress(image)) {
    throw unknownImage(image, 'a path, a file: URL, bytes, a Blob, a File or pixels');
  }
  const path = pathOf(image);
  const name = nameOf(path);
  return { name, bytes: await readPath(path, name, limits) };
}

async function readPath(path: string, name: string, limits: DecodeLimits): Promise<Uint8Array> {
  try {
    const info = await stat(path);
    if (!info.isFile()) {
      throw new FaceXFormerError('BAD_IMAGE', `${name} is ${info.isDirectory() ? 'a folder' : 'not a file'}`);
    }
    checkByteLength(name, info.size, limits);
    return await readFile(path);
  } catch (cause) {
    if (FaceXFormerError.isInstance(cause)) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') {
      throw new FaceXFormerError('NOT_FOUND', `${name} does not exist`, { cause });
    }
    throw new FaceXFormerError('BAD_IMAGE', `${name} cannot be read`, { cause });
  }
}
