import { drawOnCanvas, type FaceDrawing } from '@facexformer/core/draw';

/** The photo, decoded by the browser. */
export type Photo = ImageBitmap;

/** Paints the photo and everything that the tasks have to draw over it, at the photo's own size. */
export function paint(canvas: HTMLCanvasElement, photo: Photo, drawings: readonly FaceDrawing[]): void {
  canvas.width = photo.width;
  canvas.height = photo.height;
  const context = canvas.getContext('2d')!;
  context.drawImage(photo, 0, 0);
  drawOnCanvas(context, drawings, photo);
}
