/**
 * Writes `src/letters.ts` from the font Varela Round: what a label may be made of, as outlines. Run when the font changes:
 * `npm run letters -w @facexformer/runtime-node`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';

const require = createRequire(import.meta.url);
const file = require.resolve('@fontsource/varela-round/files/varela-round-latin-400-normal.woff');
const font = opentype.parse(Uint8Array.from(readFileSync(file)).buffer);

/** Latin-1 and the punctuation of western languages, as far as the font has them. */
const characters = [
  ...Array.from({ length: 0x100 - 0x20 }, (_, index) => String.fromCharCode(index + 0x20)),
  ...'ŒœˆˇıĂ˚˜–—‘’‚“”„•…‹›€',
].filter((character) => font.charToGlyphIndex(character) > 0);
/** The first glyph is the box for a character that the font lacks. */
const glyph = (character) => (character === '\0' ? font.glyphs.get(0) : font.charToGlyph(character));
const hex = (character) => character.charCodeAt(0).toString(16);

const outline = (character) =>
  glyph(character)
    .getPath(0, 0, font.unitsPerEm)
    .commands.map(({ type, x1, y1, x2, y2, x, y }) => {
      const values = [x1, y1, x2, y2, x, y].filter((value) => value !== undefined);
      return type + values.map((value) => Math.round(value)).join(' ');
    })
    .join('');

const letters = ['\0', ...characters].map(
  (character) => `${hex(character)} ${glyph(character).advanceWidth} ${outline(character)}`,
);

const kerning = characters.flatMap((left) => {
  const byValue = new Map();
  for (const right of characters) {
    const value = font.getKerningValue(glyph(left), glyph(right));
    if (value !== 0) byValue.set(value, [...(byValue.get(value) ?? []), hex(right)]);
  }
  return [...byValue].map(([value, rights]) => `${hex(left)} ${value} ${rights.join(' ')}`);
});

writeFileSync(
  new URL('../src/letters.ts', import.meta.url),
  `// Outlines of Varela Round, (c) The Varela Round Project Authors, OFL 1.1; see NOTICE. Written by scripts/letters.mjs.

/** Units of an em, of all numbers below. */
export const UNITS_PER_EM: number = ${font.unitsPerEm};

/** A line for each character, 0 for one that is missing: code in hexadecimal, advance, outline as an SVG path from the baseline. */
export const LETTERS: string = \`
${letters.join('\n')}
\`;

/** What is added between two characters: the first, the value, and all second ones. */
export const KERNING: string = \`
${kerning.join('\n')}
\`;
`,
);
