import { FaceXFormerError } from '../base/errors.js';

/** Pixels of a canvas, RGBA. */
export interface CanvasPixels {
  readonly data: { set(values: ArrayLike<number>): void };
}

/** A canvas, as far as drawing needs it. */
export interface CanvasLike {
  getContext(kind: '2d'): CanvasContext | null;
}

/**
 * The part of CanvasRenderingContext2D that drawing needs, so that core knows no DOM: contexts of canvas elements, of
 * OffscreenCanvas and of canvas libraries in Node all fit. Each draws only images of its own kind, hence `never`.
 */
export interface CanvasContext {
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  globalAlpha: number;
  font: string;
  textAlign: string;
  textBaseline: string;
  imageSmoothingEnabled: boolean;
  imageSmoothingQuality: string;
  save(): void;
  restore(): void;
  /** Moves the origin, in pixels. */
  translate(x: number, y: number): void;
  /** Turns clockwise, in radians. */
  rotate(angle: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void;
  fill(): void;
  stroke(): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { readonly width: number };
  createImageData(width: number, height: number): CanvasPixels;
  putImageData(image: CanvasPixels, x: number, y: number): void;
  drawImage(image: never, x: number, y: number, width: number, height: number): void;
}

type Constructor = new (width: number, height: number) => CanvasLike;

/**
 * A canvas that is not shown.
 * @throws {FaceXFormerError} `UNSUPPORTED` where there is no OffscreenCanvas.
 */
export function createLayer(width: number, height: number): CanvasLike {
  const { OffscreenCanvas } = globalThis as unknown as { readonly OffscreenCanvas?: Constructor };
  if (OffscreenCanvas) return new OffscreenCanvas(width, height);
  throw new FaceXFormerError(
    'UNSUPPORTED',
    'a mask needs a canvas of its own, and there is no OffscreenCanvas here: pass newCanvas to drawOnCanvas',
  );
}
