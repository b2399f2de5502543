import { FaceXFormerError } from '../base/errors.js';
import type { Box, Point, Size } from '../image/geometry.js';
import type { Color, Shape } from '../task/draw.js';
import { paintCard } from './card.js';
import { planCards } from './cards.js';
import { type FaceDrawing, lineWidth } from './drawing.js';
import type { Painter } from './painter.js';

/**
 * Draws boxes, lines and points with a dark halo, then a card of labels beside each face. Masks are not drawn here: they
 * lie below all of it.
 * @throws {FaceXFormerError} `BAD_OPTION` for a photo without a size.
 */
export function paintMarks(drawings: readonly FaceDrawing[], photo: Size, painter: Painter): void {
  const { width, height } = photo;
  if (!(width > 0 && height > 0)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `the size of the photo must be positive, not ${width}x${height}`,
    );
  }
  for (const { box, shapes } of drawings) {
    const unit = lineWidth(box, photo);
    paintBox(box, photo, unit, painter);
    for (const shape of shapes) paintShape(shape, unit, painter);
  }
  for (const { card, spot } of planCards(drawings, photo, painter)) paintCard(card, spot, painter);
}

function paintShape(shape: Shape, unit: number, painter: Painter): void {
  if (shape.kind === 'line') {
    const points = placed(shape.points);
    if (points.length < 2) return;
    paintLines([points], shape.color, unit * (shape.width ?? 1), shape.closed ?? false, painter);
  } else if (shape.kind === 'points') {
    const style = { color: shape.color, radius: unit * 1.15, rim: unit * 0.45 };
    painter.dots(placed(shape.points), style);
  }
}

/** The face's box as four corners; nothing if it is the whole photo. */
function paintBox({ x, y, width, height }: Box, photo: Size, unit: number, painter: Painter): void {
  if (x <= 0 && y <= 0 && width >= photo.width && height >= photo.height) return;
  const arm = Math.min(width, height) / 7;
  const corner = (cx: number, cy: number, dx: number, dy: number) => [
    { x: cx + dx * arm, y: cy },
    { x: cx, y: cy },
    { x: cx, y: cy + dy * arm },
  ];
  const [right, bottom] = [x + width, y + height];
  const corners = [
    corner(x, y, 1, 1),
    corner(right, y, -1, 1),
    corner(right, bottom, -1, -1),
    corner(x, bottom, 1, -1),
  ];
  paintLines(corners, '#ffffff', unit * 1.4, false, painter);
}

/** Lines on a dark halo, so that they are visible on light and on dark. */
function paintLines(
  lines: readonly (readonly Point[])[],
  color: Color,
  width: number,
  closed: boolean,
  painter: Painter,
): void {
  painter.stroke(lines, { color: '#000000', opacity: 0.45, width: width * 2.1, closed });
  painter.stroke(lines, { color, opacity: 1, width, closed });
}

const placed = (points: readonly Point[]): readonly Point[] =>
  points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
