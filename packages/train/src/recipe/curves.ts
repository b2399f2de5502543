import type { StepLine, ValidationLine } from '../trainer/log.js';

interface Curve {
  readonly name: string;
  /** Step and value. */
  readonly points: readonly (readonly [number, number])[];
}

const [WIDTH, HEIGHT, PER_ROW, GAP] = [240, 130, 4, 46];

/** The losses and validation metrics of a `log.jsonl`, one small chart each, as SVG. */
export function curves(log: string): string {
  const series = new Map<string, [number, number][]>();
  const put = (group: string, step: number, values: Readonly<Record<string, number>>): void => {
    for (const [name, value] of Object.entries(values)) {
      const key = `${group} ${name}`;
      if (!series.has(key)) series.set(key, []);
      series.get(key)!.push([step, value]);
    }
  };
  for (const line of log.split('\n')) {
    const entry = parseLine(line);
    if (entry && 'losses' in entry) put('loss', entry.step, entry.losses);
    if (entry && 'metrics' in entry) put('val', entry.step, entry.metrics);
  }
  const charts = [...series].map(([name, points]) => ({ name, points: thin(points) }));
  const rows = Math.max(Math.ceil(charts.length / PER_ROW), 1);
  const [width, height] = [PER_ROW * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP / 2];
  const body = charts.map((curve, i) => {
    const x = GAP + (i % PER_ROW) * (WIDTH + GAP);
    const y = GAP / 2 + Math.floor(i / PER_ROW) * (HEIGHT + GAP);
    return `<g transform="translate(${x} ${y})">${chart(curve)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="10"><rect width="100%" height="100%" fill="#fff"/>${body.join('')}</svg>`;
}

/** The last line of a run that was killed may be cut off. */
function parseLine(line: string): StepLine | ValidationLine | undefined {
  try {
    return JSON.parse(line) as StepLine | ValidationLine;
  } catch {
    return undefined;
  }
}

/** At most 200 points, each the mean of its neighbours. */
function thin(points: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const per = Math.ceil(points.length / 200);
  return Array.from({ length: Math.ceil(points.length / per) }, (_, i) => {
    const part = points.slice(i * per, (i + 1) * per);
    return [part.at(-1)![0], part.reduce((sum, [, value]) => sum + value, 0) / part.length] as const;
  });
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

function chart({ name, points }: Curve): string {
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const last = points.at(-1)!;
  const x = (step: number): string => ((step / Math.max(last[0], 1)) * WIDTH).toFixed(1);
  const y = (value: number): string => (HEIGHT * (1 - (value - low) / (high - low || 1))).toFixed(1);
  const line = points.map(([step, value]) => `${x(step)},${y(value)}`).join(' ');
  return [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="none" stroke="#ccc"/>`,
    `<polyline points="${line}" fill="none" stroke="#1f6feb" stroke-width="1.5"/>`,
    `<text y="-5" font-weight="bold">${name}: ${short(last[1])}</text>`,
    `<text x="-4" y="8" text-anchor="end">${short(high)}</text>`,
    `<text x="-4" y="${HEIGHT}" text-anchor="end">${short(low)}</text>`,
    `<text x="${WIDTH}" y="${HEIGHT + 12}" text-anchor="end">step ${last[0]}</text>`,
  ].join('');
}
