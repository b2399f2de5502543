import { demand } from '../base/arguments.js';
import { type Box, SIZE, type Size } from '../image/geometry.js';
import { type Card, layCard, placeCard } from './card.js';
import { DRAWINGS, type FaceDrawing, textSize } from './drawing.js';
import { TEXT_MEASURE, type TextMeasure } from './text.js';

/** Text shrinks in these steps until the card finds a place where it hides no face. */
const SCALES = [1, 0.85, 0.7, 0.6];

/** A card with its place, and the area of faces and other cards that it hides there, in square pixels. */
interface PlacedCard {
  readonly card: Card;
  readonly spot: Box;
  readonly hidden: number;
}

/** Places the cards of all faces, one after the other. */
export function planCards(
  drawings: readonly FaceDrawing[],
  photo: Size,
  text: TextMeasure,
): readonly PlacedCard[] {
  const faces = drawings.map(({ box }) => box);
  const placed: PlacedCard[] = [];
  for (const drawing of drawings) {
    const size = textSize(drawing.box, photo, faces.length);
    const spots = placed.map(({ spot }) => spot);
    let plan: PlacedCard | undefined;
    for (const scale of SCALES) {
      const card = layCard(drawing, photo, size * scale, text);
      if (!card) break;
      plan = { card, ...placeCard(card, drawing.box, photo, faces, spots) };
      if (plan.hidden === 0) break;
    }
    if (plan) placed.push(plan);
  }
  return placed;
}

/** True when some card finds no free place on the photo; a margin beside the photo would help. */
export function cardsHideFaces(drawings: readonly FaceDrawing[], photo: Size, text: TextMeasure): boolean {
  demand(drawings, DRAWINGS, 'cardsHideFaces: drawings');
  demand(photo, SIZE, 'cardsHideFaces: photo');
  demand(text, TEXT_MEASURE, 'cardsHideFaces: text');
  return planCards(drawings, photo, text).some(({ hidden }) => hidden > 0);
}
