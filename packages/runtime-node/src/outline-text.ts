import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { escapeXml, type TextRenderer } from '@facexformer/core/draw';

/** A command of an outline: M, L, Q or C with its points, or Z. */
type Command = { readonly type: string } & Partial<
  Readonly<Record<'x' | 'y' | 'x1' | 'y1' | 'x2' | 'y2', number>>
>;

interface Glyph {
  readonly advanceWidth: number;
  getPath(x: number, y: number, size: number): { readonly commands: readonly Command[] };
}

/** The part of opentype.js that is used; the package has no types. */
interface Font {
  readonly unitsPerEm: number;
  charToGlyph(character: string): Glyph;
  getKerningValue(left: Glyph, right: Glyph): number;
}

/** Renders text as outlines of Varela Round, so that a picture needs no installed fonts and looks the same everywhere. */
export async function outlineText(): Promise<TextRenderer> {
  const require = createRequire(import.meta.url);
  const { parse } = require('opentype.js') as { parse(bytes: ArrayBuffer): Font };
  const file = await readFile(
    require.resolve('@fontsource/varela-round/files/varela-round-latin-400-normal.woff'),
  );
  const font = parse(Uint8Array.from(file).buffer);

  /** Calls `visit` with each glyph and its distance from the start of the line; returns the line's width. */
  const walk = (text: string, size: number, visit?: (glyph: Glyph, distance: number) => void): number => {
    let distance = 0;
    let before: Glyph | undefined;
    for (const character of text) {
      const glyph = font.charToGlyph(character);
      if (before) distance += (font.getKerningValue(before, glyph) * size) / font.unitsPerEm;
      visit?.(glyph, distance);
      distance += (glyph.advanceWidth * size) / font.unitsPerEm;
      before = glyph;
    }
    return distance;
  };

  return {
    measure: (text, size) => walk(text, size),
    render(text, { x, y, size, color }) {
      let outline = '';
      walk(text, size, (glyph, distance) => {
        outline += glyph
          .getPath(x + distance, y, size)
          .commands.map(step)
          .join('');
      });
      return outline && `<path fill="${escapeXml(color)}" d="${outline}"/>`;
    },
  };
}

const step = ({ type, x1, y1, x2, y2, x, y }: Command): string =>
  type + [x1, y1, x2, y2, x, y].flatMap((value) => (value === undefined ? [] : [value.toFixed(2)])).join(' ');
