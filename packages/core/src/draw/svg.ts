import { FaceXFormerError } from '../errors.js';
import type { Box, Point } from '../image/geometry.js';
import type { Color, Shape } from '../task/draw.js';
import { drawCard } from './card.js';
import { planCards } from './cards.js';
import { type FaceDrawing, lineWidth, type Size } from './drawing.js';
import { escapeXml, number, systemText, type TextRenderer } from './text.js';

/**
 * A transparent SVG over a photo: boxes, lines and points with a dark halo, and a card of labels beside each face.
 * Masks are pixels, not part of it: paint `maskPixels` below.
 * @param text letters as SVG; by default in the viewer's own font
 * @throws {FaceXFormerError} `BAD_OPTION` for a photo without a size.
 */
export function toSvg(
  drawings: readonly FaceDrawing[],
  photo: Size,
  text: TextRenderer = systemText,
): string {
  const { width, height } = photo;
  if (!(width > 0 && height > 0)) {
    throw new FaceXFormerError('BAD_OPTION', `a drawing needs the size of its photo, not ${width}x${height}`);
  }
  const marks = drawings.map((drawing) => {
    const unit = lineWidth(drawing.box, photo);
    return drawBox(drawing.box, photo, unit) + drawing.shapes.map((shape) => drawShape(shape, unit)).join('');
  });
  const cards = planCards(drawings, photo, text).map(({ card, spot }) => drawCard(card, spot, text));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height)}" ` +
    `viewBox="0 0 ${number(width)} ${number(height)}" stroke-linecap="round" stroke-linejoin="round">` +
    `${marks.join('')}${cards.join('')}</svg>`
  );
}

function drawShape(shape: Shape, unit: number): string {
  if (shape.kind === 'line') {
    const points = place(shape.points);
    if (points.length < 2) return '';
    const path = `M${points.map(({ x, y }) => `${number(x)} ${number(y)}`).join('L')}${shape.closed ? 'Z' : ''}`;
    return stroke(path, shape.color, unit * (shape.width ?? 1));
  }
  if (shape.kind === 'points') {
    const circles = place(shape.points).map(
      ({ x, y }) => `<circle cx="${number(x)}" cy="${number(y)}" r="${number(unit * 1.15)}"/>`,
    );
    const style = `fill="${escapeXml(shape.color)}" stroke="#000000" stroke-opacity="0.6" stroke-width="${number(unit * 0.45)}"`;
    return `<g ${style}>${circles.join('')}</g>`;
  }
  return '';
}

/** The face's box as four corners; nothing where it is the whole photo. */
function drawBox({ x, y, width, height }: Box, photo: Size, unit: number): string {
  if (x <= 0 && y <= 0 && width >= photo.width && height >= photo.height) return '';
  const arm = Math.min(width, height) / 7;
  const corner = (cx: number, cy: number, dx: number, dy: number) =>
    `M${number(cx + dx * arm)} ${number(cy)}L${number(cx)} ${number(cy)}L${number(cx)} ${number(cy + dy * arm)}`;
  const [right, bottom] = [x + width, y + height];
  const path =
    corner(x, y, 1, 1) + corner(right, y, -1, 1) + corner(right, bottom, -1, -1) + corner(x, bottom, 1, -1);
  return stroke(path, '#ffffff', unit * 1.4);
}

/** A line on a dark halo, so that it reads on light and on dark. */
function stroke(path: string, color: Color, width: number): string {
  const line = (paint: string, opacity: number, size: number) =>
    `<path d="${path}" fill="none" stroke="${escapeXml(paint)}" stroke-opacity="${opacity}" stroke-width="${number(size)}"/>`;
  return line('#000000', 0.45, width * 2.1) + line(color, 1, width);
}

const place = (points: readonly Point[]): readonly Point[] =>
  points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
