import { describe, expect, it } from 'vitest';
import { outlineText } from '../src/outline-text.js';

describe('outlineText', () => {
  it('draws outlines, no text elements, as wide as it says', async () => {
    const { measure, render } = await outlineText();
    const svg = render('age 40 %°', { x: 0, y: 20, size: 20, color: '#ffffff' });
    expect(svg).toMatch(/^<path fill="#ffffff" d="M[-MLQCZ\d. ]+"\/>$/);
    expect(measure('aa', 20)).toBeCloseTo(2 * measure('a', 20), 1);
    const xs = [...svg.matchAll(/[ML]([\d.]+) /g)].map((match) => Number(match[1]));
    expect(Math.max(...xs)).toBeLessThanOrEqual(measure('age 40 %°', 20));
    expect(render('', { x: 0, y: 0, size: 9, color: '#ffffff' })).toBe('');
  });
});
