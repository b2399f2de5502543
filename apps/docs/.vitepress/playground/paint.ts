import { type FaceDrawing, maskPixels, toSvg } from '@facexformer/core';

/** The photo, decoded by the browser. */
export type Photo = ImageBitmap | HTMLVideoElement;

const sizeOf = (photo: Photo) =>
  'videoWidth' in photo
    ? { width: photo.videoWidth, height: photo.videoHeight }
    : { width: photo.width, height: photo.height };

/** Paints the photo and everything that the tasks have to draw over it, at the photo's own size. */
export async function paint(
  canvas: HTMLCanvasElement,
  photo: Photo,
  drawings: readonly FaceDrawing[],
): Promise<void> {
  const size = sizeOf(photo);
  const marks = drawings.length > 0 ? await loadSvg(toSvg(drawings, size)) : undefined;
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d')!;
  context.drawImage(photo, 0, 0, size.width, size.height);
  for (const shape of drawings.flatMap(({ shapes }) => shapes)) {
    if (shape.kind !== 'mask') continue;
    const mask = new OffscreenCanvas(shape.columns, shape.rows);
    const pixels = new ImageData(shape.columns, shape.rows);
    pixels.data.set(maskPixels(shape));
    mask.getContext('2d')!.putImageData(pixels, 0, 0);
    context.drawImage(mask, shape.x, shape.y, shape.width, shape.height);
  }
  if (marks) context.drawImage(marks, 0, 0, size.width, size.height);
}

async function loadSvg(svg: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  return image;
}
