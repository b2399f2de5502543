import { escapeXml, type TextRenderer } from '@facexformer/core/draw';
import { KERNING, LETTERS, UNITS_PER_EM } from './letters.js';

/** A letter of the font, in its units. */
interface Letter {
  readonly advance: number;
  /** An SVG path: commands with points x y, all absolute. */
  readonly outline: string;
}

const rows = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' '));

const letters = new Map(
  rows(LETTERS).map(([code, advance, ...outline]): [string, Letter] => [
    characterOf(code!),
    { advance: Number(advance), outline: outline.join(' ') },
  ]),
);
const missing = letters.get('\0')!;

const kerning = new Map(
  rows(KERNING).flatMap(([left, value, ...rights]) =>
    rights.map((right) => [characterOf(left!) + characterOf(right), Number(value)] as const),
  ),
);

function characterOf(code: string): string {
  return String.fromCodePoint(Number.parseInt(code, 16));
}

/** Calls `visit` with each letter and its distance from the start of the line; returns the line's width. */
function walk(text: string, scale: number, visit?: (letter: Letter, distance: number) => void): number {
  let distance = 0;
  let before = '';
  for (const character of text) {
    const letter = letters.get(character) ?? missing;
    distance += (kerning.get(before + character) ?? 0) * scale;
    visit?.(letter, distance);
    distance += letter.advance * scale;
    before = character;
  }
  return distance;
}

/** An outline enlarged and moved. */
function place({ outline }: Letter, scale: number, x: number, y: number): string {
  return outline.replace(
    /(-?\d+) (-?\d+)/g,
    (_, dx, dy) => `${(x + dx * scale).toFixed(2)} ${(y + dy * scale).toFixed(2)}`,
  );
}

/** Renders text as outlines of Varela Round, so that a picture needs no installed fonts and looks the same everywhere. */
export const outlineText: TextRenderer = {
  measure: (text, size) => walk(text, size / UNITS_PER_EM),
  render(text, { x, y, size, color }) {
    const scale = size / UNITS_PER_EM;
    let outline = '';
    walk(text, scale, (letter, distance) => {
      outline += place(letter, scale, x + distance, y);
    });
    return outline && `<path fill="${escapeXml(color)}" d="${outline}"/>`;
  },
};
