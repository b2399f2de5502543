import { FaceXFormerError } from '@facexformer/core';
import { checkByteLength, type DecodeLimits, unknownImage } from '@facexformer/core/runtime';

/** What the browser decodes. Addresses count from the page and are fetched. Elements and frames are read as they are when the call is made. */
export type BrowserImage =
  | string
  | URL
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ImageBitmap
  | ImageData
  | HTMLImageElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | VideoFrame
  | HTMLVideoElement;

/** Something that can be drawn. */
export interface Picture {
  readonly name: string;
  readonly source: Exclude<BrowserImage, string | URL | Uint8Array | ArrayBuffer | Blob | ImageData>;
  readonly width: number;
  readonly height: number;
  /** Frees what was created to read it. */
  close(): void;
}

/** The class name of a browser object, whichever window it is from. */
export const kindOf = (image: unknown): string => Object.prototype.toString.call(image).slice(8, -1);

const KINDS =
  'an address, bytes, a Blob, File, ImageBitmap, ImageData, HTMLImageElement, HTMLCanvasElement, OffscreenCanvas, VideoFrame, HTMLVideoElement or pixels';

/**
 * Prepares a picture to be drawn: files are decoded upright, elements must be loaded.
 * @throws {FaceXFormerError} `BAD_IMAGE`, `DOWNLOAD_FAILED`.
 */
export async function readPicture(image: unknown, limits: DecodeLimits): Promise<Picture> {
  switch (kindOf(image)) {
    case 'String':
    case 'URL':
      return decodeBlob(await fetchPicture(image as string | URL), limits);
    case 'Uint8Array':
    case 'ArrayBuffer':
      return decodeBlob(new Blob([image as Uint8Array<ArrayBuffer> | ArrayBuffer]), limits);
    case 'Blob':
    case 'File':
      return decodeBlob(image as Blob, limits);
    case 'ImageData':
      return ofBitmap('the ImageData', await createImageBitmap(image as ImageData));
    case 'HTMLImageElement':
      return ofElement(image as HTMLImageElement);
    case 'HTMLVideoElement':
      return ofVideo(image as HTMLVideoElement);
    case 'VideoFrame': {
      const source = image as VideoFrame;
      return sized('the VideoFrame', source, source.displayWidth, source.displayHeight);
    }
    case 'ImageBitmap':
    case 'HTMLCanvasElement':
    case 'OffscreenCanvas': {
      const source = image as ImageBitmap;
      return sized(`the ${kindOf(image)}`, source, source.width, source.height);
    }
    default:
      throw unknownImage(image, KINDS);
  }
}

async function fetchPicture(address: string | URL): Promise<Blob> {
  const name = String(address).slice(0, 100);
  const response = await fetch(address).catch((cause: unknown) => {
    throw new FaceXFormerError(
      'DOWNLOAD_FAILED',
      `${name} cannot be fetched: is it another site without CORS?`,
      {
        cause,
      },
    );
  });
  if (response.ok) return response.blob();
  throw new FaceXFormerError('DOWNLOAD_FAILED', `${name} cannot be fetched: ${response.status}`);
}

async function decodeBlob(blob: Blob, limits: DecodeLimits): Promise<Picture> {
  const name = 'name' in blob ? String(blob.name) : 'the image';
  checkByteLength(name, blob.size, limits);
  const { decodeUpright } = await import('./picture-file.js'); // no page waits for it to begin
  return ofBitmap(name, await decodeUpright(name, blob, bad));
}

async function ofElement(source: HTMLImageElement): Promise<Picture> {
  const name = source.currentSrc.slice(0, 100) || 'the <img>';
  await source.decode().catch((cause: unknown) => {
    throw bad(`${name} cannot be loaded`, cause);
  });
  return sized(name, source, source.naturalWidth, source.naturalHeight);
}

function ofVideo(source: HTMLVideoElement): Picture {
  const ready = source.readyState >= 2; // HAVE_CURRENT_DATA
  if (!ready) throw bad('the <video> has no frame yet: wait for its "loadeddata" event');
  return sized('the <video>', source, source.videoWidth, source.videoHeight);
}

const ofBitmap = (name: string, bitmap: ImageBitmap): Picture => ({
  ...sized(name, bitmap, bitmap.width, bitmap.height),
  close: () => bitmap.close(),
});

function sized(name: string, source: Picture['source'], width: number, height: number): Picture {
  if (!(width > 0 && height > 0)) throw bad(`${name} is empty or closed`);
  return { name, source, width, height, close: () => undefined };
}

const bad = (message: string, cause?: unknown): FaceXFormerError =>
  new FaceXFormerError('BAD_IMAGE', message, { cause });
