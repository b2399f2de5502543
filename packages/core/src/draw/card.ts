import type { Box, Size } from '../image/geometry.js';
import type { FaceDrawing } from './drawing.js';
import type { Painter } from './painter.js';
import type { TextMeasure } from './text.js';

/** A card that still has no place. */
export interface Card {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly lines: readonly { readonly caption: string; readonly text: string }[];
  /** Where the second column starts, from the card's left edge. */
  readonly column: number;
  readonly padding: number;
}

const LEADING = 1.5;

/** Lays the labels of a face out in letters of at most `wanted`; undefined when it has none. */
export function layCard(
  { shapes }: FaceDrawing,
  photo: Size,
  wanted: number,
  text: TextMeasure,
): Card | undefined {
  const lines = shapes.flatMap((shape) =>
    shape.kind === 'label' ? [{ caption: shape.caption ?? '', text: shape.text }] : [],
  );
  if (lines.length === 0) return undefined;
  const measured = (size: number): Card => {
    const padding = size * 0.9;
    const captions = Math.max(...lines.map(({ caption }) => text.measure(caption, size)));
    const column = padding + (captions > 0 ? captions + size * 0.8 : 0);
    const texts = Math.max(...lines.map((line) => text.measure(line.text, size)));
    const height = padding * 1.6 + size * LEADING * lines.length - size * (LEADING - 1);
    return { width: column + texts + padding, height, size, lines, column, padding };
  };
  const card = measured(wanted);
  const fit = Math.min(1, photo.width / card.width, photo.height / card.height);
  return fit < 1 ? measured(wanted * fit * 0.98) : card;
}

/**
 * A place beside, below or above the face: the one that hides the least of `faces` and of the cards placed before.
 * @returns the place, and the area of faces and (twice) of cards that is hidden there, in square pixels
 */
export function placeCard(
  card: { readonly width: number; readonly height: number },
  box: Box,
  photo: Size,
  faces: readonly Box[],
  placed: readonly Box[],
): { readonly spot: Box; readonly hidden: number } {
  const { width, height } = card;
  const gap = Math.max(box.width, box.height) * 0.08;
  const middle = { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2 };
  const wishes = [
    { x: box.x + box.width + gap, y: middle.y },
    { x: box.x - gap - width, y: middle.y },
    { x: middle.x, y: box.y + box.height + gap },
    { x: middle.x, y: box.y - gap - height },
    { x: photo.width, y: photo.height },
    { x: -width, y: photo.height },
    { x: photo.width, y: -height },
    { x: -width, y: -height },
  ];
  const margin = Math.min(gap / 2, (photo.width - width) / 2, (photo.height - height) / 2);
  const inside = (value: number, size: number, limit: number) =>
    Math.min(Math.max(value, margin), limit - size - margin);
  let best: { readonly spot: Box; readonly hidden: number } | undefined;
  for (const wish of wishes) {
    const spot = {
      x: inside(wish.x, width, photo.width),
      y: inside(wish.y, height, photo.height),
      width,
      height,
    };
    const over = (others: readonly Box[]) => others.reduce((sum, other) => sum + shared(spot, other), 0);
    const hidden = over(faces) + 2 * over(placed);
    if (!best || hidden < best.hidden) best = { spot, hidden };
  }
  return best!;
}

/** Paints a card at its place. */
export function paintCard(card: Card, spot: Box, painter: Painter): void {
  const { size, padding } = card;
  painter.plate(spot, size);
  card.lines.forEach((line, i) => {
    const baseline = spot.y + padding * 0.8 + size * (0.84 + LEADING * i);
    painter.write(line.caption, { x: spot.x + padding, y: baseline, size, color: '#8fb3d9' });
    painter.write(line.text, { x: spot.x + card.column, y: baseline, size, color: '#ffffff' });
  });
}

function shared(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, width) * Math.max(0, height);
}
