import { demand, FUNCTION, having } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { SIZE, type Size } from '../image/geometry.js';
import type { Shape } from '../task/draw.js';
import { type CanvasContext, type CanvasLike, createLayer } from './canvas-context.js';
import { DRAWINGS, type FaceDrawing } from './drawing.js';
import { maskPixels } from './mask.js';
import { paintMarks } from './paint-marks.js';
import type { Painter } from './painter.js';
import { PLATE } from './plate.js';

/**
 * Draws results over what the canvas shows, in photo pixels: where the canvas has another size than the photo, scale
 * the context first. The context is left as it was.
 * @param context of a canvas element, an OffscreenCanvas, or a canvas library in Node
 * @param newCanvas a canvas for the pixels of a mask; by default an OffscreenCanvas
 * @throws {FaceXFormerError} `BAD_OPTION` for a photo without a size, `UNSUPPORTED` for a mask where there is no
 * OffscreenCanvas and no `newCanvas`.
 */
export function drawOnCanvas(
  context: CanvasContext,
  drawings: readonly FaceDrawing[],
  photo: Size,
  newCanvas: (width: number, height: number) => CanvasLike = createLayer,
): void {
  demand(context, CONTEXT, 'drawOnCanvas: context');
  demand(drawings, DRAWINGS, 'drawOnCanvas: drawings');
  demand(photo, SIZE, 'drawOnCanvas: photo');
  demand(newCanvas, FUNCTION, 'drawOnCanvas: newCanvas');
  context.save();
  try {
    context.imageSmoothingEnabled = true;
    context.imageSmoothingQuality = 'high';
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    for (const { shapes } of drawings) {
      for (const shape of shapes) if (shape.kind === 'mask') drawMask(context, shape, newCanvas);
    }
    paintMarks(drawings, photo, canvasPainter(context));
  } finally {
    context.restore();
  }
}

const CONTEXT = having('a 2d context of a canvas', { save: FUNCTION, restore: FUNCTION });
const FONT = 'system-ui, sans-serif';

const canvasPainter = (context: CanvasContext): Painter => ({
  measure(text, size) {
    context.font = `${size}px ${FONT}`;
    return context.measureText(text).width;
  },
  stroke(lines, { color, opacity, width, closed }) {
    context.globalAlpha = opacity;
    context.strokeStyle = color;
    context.lineWidth = width;
    context.beginPath();
    for (const points of lines) {
      points.forEach(({ x, y }, i) => {
        if (i === 0) context.moveTo(x, y);
        else context.lineTo(x, y);
      });
      if (closed) context.closePath();
    }
    context.stroke();
    context.globalAlpha = 1;
  },
  dots(points, { color, radius, rim }) {
    context.fillStyle = color;
    context.strokeStyle = 'rgb(0 0 0 / 0.6)';
    context.lineWidth = rim;
    for (const { x, y } of points) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    }
  },
  plate({ x, y, width, height }, size) {
    const radius = Math.min(size * PLATE.corner, width / 2, height / 2);
    const [right, bottom] = [x + width, y + height];
    context.beginPath();
    context.moveTo(x + radius, y);
    context.arcTo(right, y, right, bottom, radius);
    context.arcTo(right, bottom, x, bottom, radius);
    context.arcTo(x, bottom, x, y, radius);
    context.arcTo(x, y, right, y, radius);
    context.closePath();
    context.globalAlpha = PLATE.opacity;
    context.fillStyle = PLATE.fill;
    context.fill();
    context.globalAlpha = PLATE.rimOpacity;
    context.strokeStyle = PLATE.rim;
    context.lineWidth = size * PLATE.rimWidth;
    context.stroke();
    context.globalAlpha = 1;
  },
  write(text, { x, y, size, color }) {
    context.font = `${size}px ${FONT}`;
    context.fillStyle = color;
    context.fillText(text, x, y);
  },
});

function drawMask(
  context: CanvasContext,
  mask: Shape & { readonly kind: 'mask' },
  newCanvas: (width: number, height: number) => CanvasLike,
): void {
  const layer = newCanvas(mask.columns, mask.rows);
  const pixels = layer.getContext('2d');
  if (!pixels)
    throw new FaceXFormerError(
      'UNSUPPORTED',
      'the canvas for a mask has no 2d context: hand in a `newCanvas` whose canvases have one',
    );
  const image = pixels.createImageData(mask.columns, mask.rows);
  image.data.set(maskPixels(mask));
  pixels.putImageData(image, 0, 0);
  const { x, y, width, height, roll = 0 } = mask;
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  context.save();
  context.translate(middleX, middleY);
  context.rotate((roll * Math.PI) / 180);
  context.translate(-middleX, -middleY);
  context.drawImage(layer as never, x, y, width, height);
  context.restore();
}
