import { ANY_TEXT, demand, FUNCTION, having } from '../base/arguments.js';

/** Measures text; sizes are photo pixels. */
export interface TextMeasure {
  /** Width of a line. */
  measure(text: string, size: number): number;
}

/** Renders text for an SVG; sizes and positions are photo pixels. */
export interface TextRenderer extends TextMeasure {
  /** SVG markup of a line whose baseline starts at `x`, `y`. */
  render(
    text: string,
    place: { readonly x: number; readonly y: number; readonly size: number; readonly color: string },
  ): string;
}

/** Checks of arguments. */
export const TEXT_MEASURE = having('something that measures text', { measure: FUNCTION });
export const TEXT_RENDERER = having('something that renders text', { measure: FUNCTION, render: FUNCTION });

/** Mean width of a letter of a sans-serif font, relative to its size. */
const LETTER = 0.56;

/** SVG text in the viewer's own font: for browsers. Widths are estimates. */
export const systemText: TextRenderer = {
  measure: (text, size) => [...text].length * LETTER * size,
  render: (text, { x, y, size, color }) =>
    `<text x="${number(x)}" y="${number(y)}" font-size="${number(size)}" font-family="system-ui,sans-serif" ` +
    `fill="${escapeXml(color)}">${escapeXml(text)}</text>`,
};

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text that is safe in an element or a quoted attribute; line breaks and what XML forbids are dropped. */
export const escapeXml = (text: string): string =>
  demand(text, ANY_TEXT, 'escapeXml: text')
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .replace(/[&<>"]/g, (char) => ENTITIES[char]!);

/** A coordinate with at most two decimals. */
export const number = (value: number): string => String(Math.round(value * 100) / 100);
