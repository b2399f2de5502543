import { escapeXml } from '@facexformer/core/draw';

/** Colours of all pictures. */
export const INK = '#1f2937';
export const FAINT = '#d1d5db';
export const DIM = '#6b7280';
export const ACCENT = '#2563eb';
export const SECOND = '#f59e0b';

const FONT = "font-family='system-ui, Segoe UI, Helvetica, Arial, sans-serif'";

/** One decimal is finer than a screen's pixels. */
const short = (value: number): number => Number(value.toFixed(1));

export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: 'normal' | 'bold';
}

/** The style of remarks. */
export const SMALL: TextStyle = { size: 11, fill: DIM };

/** A whole picture on white: its title is written above, and is its name for those who cannot see it. */
export const picture = (title: string, width: number, height: number, parts: readonly string[]): string =>
  `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${short(width)} ${short(height)}' ` +
  `width='${short(width)}' height='${short(height)}' role='img' ${FONT}><title>${escapeXml(title)}</title>` +
  `<rect width='100%' height='100%' fill='white'/>` +
  `${words(14, 22, title, { size: 15, weight: 'bold' })}${parts.join('')}</svg>\n`;

/** A line of text whose middle height is at `y`. */
export const words = (
  x: number,
  y: number,
  text: string,
  { anchor = 'start', size = 12, fill = INK, weight = 'normal' }: TextStyle = {},
): string =>
  `<text x='${short(x)}' y='${short(y + size * 0.35)}' font-size='${size}' fill='${fill}' ` +
  `text-anchor='${anchor}' font-weight='${weight}'>${escapeXml(text)}</text>`;

export const line = (x1: number, y1: number, x2: number, y2: number, color = FAINT, dashed = false): string =>
  `<line x1='${short(x1)}' y1='${short(y1)}' x2='${short(x2)}' y2='${short(y2)}' stroke='${color}'` +
  `${dashed ? " stroke-dasharray='4 3'" : ''}/>`;

export const box = (x: number, y: number, width: number, height: number, fill: string, opacity = 1): string =>
  `<rect x='${short(x)}' y='${short(y)}' width='${short(width)}' height='${short(height)}' fill='${fill}'` +
  `${opacity < 1 ? ` fill-opacity='${opacity.toFixed(2)}'` : ''}/>`;

export const path = (points: readonly (readonly [number, number])[], color: string): string =>
  `<polyline points='${points.map(([x, y]) => `${short(x)},${short(y)}`).join(' ')}' fill='none' ` +
  `stroke='${color}' stroke-width='2' stroke-linejoin='round'/>`;

export const dot = (x: number, y: number, color: string): string =>
  `<circle cx='${short(x)}' cy='${short(y)}' r='4' fill='${color}'/>`;
