import { expect, it } from 'vitest';
import { type LineChart, lineCharts } from '../src/line-charts.js';

const layout = { width: 100, height: 50, columns: 2 };
const chart = (points: readonly (readonly [number, number])[], more: Partial<LineChart> = {}): LineChart => ({
  title: 'loss',
  lines: [{ color: '#111', points }],
  note: 'steps',
  ...more,
});

it('draws a line from the lowest to the highest value over the whole width', () => {
  const svg = lineCharts([chart([[0, 4], [5, 3], [10, 2]])], layout); // biome-ignore format: points
  expect(svg).toContain('points="0.0,0.0 50.0,25.0 100.0,50.0"');
  expect(svg).toContain('>loss</text>');
  expect(svg).toContain('<title>loss</title>');
});

it('starts the axis where it is told, leaves out what is not finite, and escapes words', () => {
  const points = [[0, 4], [5, Number.NaN], [10, 2]] as const; // biome-ignore format: points
  const svg = lineCharts([chart(points, { from: 0, mark: 5, title: 'a < b' })], layout);
  expect(svg).toContain('points="0.0,0.0 100.0,25.0"');
  expect(svg).toContain('M50.0,0V50');
  expect(svg).toContain('<title>a &lt; b</title>');
});

it('thins long lines to means of neighbours', () => {
  const svg = lineCharts([chart(Array.from({ length: 1000 }, (_, i) => [i, i % 5]))], layout);
  expect(/points="([^"]*)"/.exec(svg)![1]!.split(' ')).toHaveLength(200);
});
