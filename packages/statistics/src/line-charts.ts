/** A line of a chart. */
export interface ChartLine {
  /** Its name beside the title, in its colour; a chart of one line needs none. */
  readonly name?: string;
  readonly color: string;
  /** x from 0, and y. */
  readonly points: readonly (readonly [number, number])[];
}

/** Some numbers over the same steps. */
export interface LineChart {
  readonly title: string;
  /** Of one length or more. */
  readonly lines: readonly ChartLine[];
  /** What stands under the right end of the x axis. */
  readonly note: string;
  /** Lower end of the y axis; the lowest value by default. */
  readonly from?: number;
  /** A place on the x axis that a dashed line marks. */
  readonly mark?: number;
}

/** Layout of {@link lineCharts}, in pixels. */
export interface ChartLayout {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
}

const GAP = 46;
/** Points that are drawn of a line. */
const MOST_POINTS = 200;

/** Charts side by side, as SVG that is named by their titles. */
export function lineCharts(charts: readonly LineChart[], { width, height, columns }: ChartLayout): string {
  const across = Math.min(columns, Math.max(charts.length, 1));
  const rows = Math.max(Math.ceil(charts.length / across), 1);
  const size = { width: across * (width + GAP) + GAP, height: rows * (height + GAP) + GAP / 2 };
  const body = charts.map((chart, i) => {
    const x = GAP + (i % across) * (width + GAP);
    const y = GAP / 2 + Math.floor(i / across) * (height + GAP);
    return `<g transform="translate(${x} ${y})">${draw(chart, width, height)}</g>`;
  });
  const title = escapeXml(charts.map((chart) => chart.title).join(', '));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" font-family="sans-serif" font-size="10"><title>${title}</title><rect width="100%" height="100%" fill="#fff"/>${body.join('')}</svg>\n`;
}

function draw({ title, lines, note, from, mark }: LineChart, width: number, height: number): string {
  const thinned = lines.map(({ points, color, name = '' }) => ({ color, name, points: thin(points) }));
  const values = thinned.flatMap(({ points }) => points.map(([, value]) => value)).filter(Number.isFinite);
  const [low, high] = [from ?? Math.min(...values), Math.max(...values)];
  const last = Math.max(...thinned.flatMap(({ points }) => points.map(([step]) => step)), 1);
  const x = (step: number): string => ((step / last) * width).toFixed(1);
  const y = (value: number): string => (height * (1 - (value - low) / (high - low || 1))).toFixed(1);
  const text = (words: string, attributes: string): string =>
    `<text ${attributes}>${escapeXml(words)}</text>`;
  return [
    `<rect width="${width}" height="${height}" fill="none" stroke="#ccc"/>`,
    ...(mark === undefined
      ? []
      : [`<path d="M${x(mark)},0V${height}" stroke="#bbb" stroke-dasharray="4 4"/>`]),
    ...thinned.map(({ points, color }) => {
      const places = points.flatMap(([step, value]) =>
        Number.isFinite(value) ? [`${x(step)},${y(value)}`] : [],
      );
      return `<polyline points="${places.join(' ')}" fill="none" stroke="${color}" stroke-width="1.5"/>`;
    }),
    text(title, 'y="-5" font-weight="bold"'),
    ...thinned.map(({ name, color }, i) =>
      text(name, `x="${width - (thinned.length - 1 - i) * 90}" y="-5" text-anchor="end" fill="${color}"`),
    ),
    text(short(high), 'x="-4" y="8" text-anchor="end"'),
    text(short(low), `x="-4" y="${height}" text-anchor="end"`),
    text(note, `x="${width}" y="${height + 12}" text-anchor="end"`),
  ].join('');
}

/** At most {@link MOST_POINTS} points, each the mean of its neighbours. */
function thin(points: ChartLine['points']): ChartLine['points'] {
  const per = Math.ceil(points.length / MOST_POINTS);
  return Array.from({ length: Math.ceil(points.length / per) || 0 }, (_, i) => {
    const part = points.slice(i * per, (i + 1) * per);
    return [part.at(-1)![0], part.reduce((sum, [, value]) => sum + value, 0) / part.length] as const;
  });
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
