import { demand } from '../base/arguments.js';
import { SIZE, type Size } from '../image/geometry.js';
import { DRAWINGS, type FaceDrawing } from './drawing.js';
import { paintMarks } from './paint-marks.js';
import type { Painter } from './painter.js';
import { PLATE } from './plate.js';
import { escapeXml, number, systemText, TEXT_RENDERER, type TextRenderer } from './text.js';

/**
 * A transparent SVG over a photo: boxes, lines and points with a dark halo, and a card of labels beside each face.
 * Masks are not part of it, as they are pixels: paint `maskPixels` below it.
 * @param text renders the text; by default in the viewer's own font
 * @throws {FaceXFormerError} `BAD_OPTION` for a photo without a size.
 */
export function toSvg(
  drawings: readonly FaceDrawing[],
  photo: Size,
  text: TextRenderer = systemText,
): string {
  demand(drawings, DRAWINGS, 'toSvg: drawings');
  demand(photo, SIZE, 'toSvg: photo');
  demand(text, TEXT_RENDERER, 'toSvg: text');
  const parts: string[] = [];
  paintMarks(drawings, photo, svgPainter(text, parts));
  const [width, height] = [number(photo.width), number(photo.height)];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" stroke-linecap="round" stroke-linejoin="round">${parts.join('')}</svg>`
  );
}

const svgPainter = (text: TextRenderer, parts: string[]): Painter => ({
  measure: (line, size) => text.measure(line, size),
  stroke(lines, { color, opacity, width, closed }) {
    const path = lines
      .map(
        (points) => `M${points.map(({ x, y }) => `${number(x)} ${number(y)}`).join('L')}${closed ? 'Z' : ''}`,
      )
      .join('');
    parts.push(
      `<path d="${path}" fill="none" stroke="${escapeXml(color)}" stroke-opacity="${opacity}" ` +
        `stroke-width="${number(width)}"/>`,
    );
  },
  dots(points, { color, radius, rim }) {
    const circles = points.map(
      ({ x, y }) => `<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}"/>`,
    );
    parts.push(
      `<g fill="${escapeXml(color)}" stroke="#000000" stroke-opacity="0.6" stroke-width="${number(rim)}">` +
        `${circles.join('')}</g>`,
    );
  },
  plate({ x, y, width, height }, size) {
    parts.push(
      `<rect x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}" ` +
        `rx="${number(size * PLATE.corner)}" fill="${PLATE.fill}" fill-opacity="${PLATE.opacity}" ` +
        `stroke="${PLATE.rim}" stroke-opacity="${PLATE.rimOpacity}" stroke-width="${number(size * PLATE.rimWidth)}"/>`,
    );
  },
  write(line, place) {
    parts.push(text.render(line, place));
  },
});
