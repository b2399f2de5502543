import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { outlineText } from '../src/outline-text.js';

const require = createRequire(import.meta.url);
const opentype = require('opentype.js');
const file = require.resolve('@fontsource/varela-round/files/varela-round-latin-400-normal.woff');
const font = opentype.parse(Uint8Array.from(readFileSync(file)).buffer);

interface Step {
  readonly type: string;
  readonly x?: number;
  readonly y?: number;
}

/** The corners of a line, glyph by glyph, as opentype.js lays them out; and the line's width. */
function layOut(text: string, x: number, y: number, size: number) {
  const steps: Step[] = [];
  let [at, before] = [x, undefined as unknown];
  for (const character of text) {
    const glyph = font.charToGlyph(character);
    if (before) at += (font.getKerningValue(before, glyph) * size) / font.unitsPerEm;
    steps.push(...glyph.getPath(at, y, size).commands);
    at += (glyph.advanceWidth * size) / font.unitsPerEm;
    before = glyph;
  }
  return { steps, width: at - x };
}

describe('outlineText', () => {
  it.each(['age 40 %°', 'AVATAR, To. 50', 'Œœ–é “x”', '☃'])('draws "%s" as opentype.js does', (text) => {
    const svg = outlineText.render(text, { x: 3, y: 20, size: 20, color: '#ffffff' });
    const [, outline] = svg.match(/^<path fill="#ffffff" d="(M[-MLQCZ\d. ]+)"\/>$/)!;
    const { steps, width } = layOut(text, 3, 20, 20);
    const drawn = outline!.match(/[MLQCZ][-\d. ]*/g)!;
    expect(drawn.map(([type]) => type)).toEqual(steps.map(({ type }) => type));
    drawn.forEach((command, index) => {
      const { x, y } = steps[index]!;
      if (x === undefined || y === undefined) return;
      const [endX, endY] = command.slice(1).split(' ').slice(-2).map(Number);
      expect(Math.hypot(endX! - x, endY! - y)).toBeLessThan(0.02);
    });
    expect(outlineText.measure(text, 20)).toBeCloseTo(width, 4);
  });

  it('draws nothing for no text', () => {
    expect(outlineText.render('', { x: 0, y: 0, size: 9, color: '#ffffff' })).toBe('');
  });
});
