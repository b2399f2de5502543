import { escapeXml } from '@facexformer/core/draw';
import type { TrainedTask } from './result.js';

const WIDTH = 640;
const HEIGHT = 320;
const MARGIN = 48;

/** The losses over the epochs as a picture, SVG; a line marks the epoch that was kept. */
export function curvesSvg({ epochs, best }: Pick<TrainedTask, 'epochs' | 'best'>, title: string): string {
  const most = Math.max(...epochs.flatMap(({ trainLoss, valLoss }) => [trainLoss, valLoss]), 1e-9);
  const x = (epoch: number): number =>
    MARGIN + (epoch / Math.max(1, epochs.length - 1)) * (WIDTH - 2 * MARGIN);
  const y = (loss: number): number => HEIGHT - MARGIN - (loss / most) * (HEIGHT - 2 * MARGIN);
  const line = (loss: 'trainLoss' | 'valLoss', color: string): string => {
    const points = epochs.map((epoch) => `${x(epoch.epoch).toFixed(1)},${y(epoch[loss]).toFixed(1)}`);
    return `<polyline fill="none" stroke="${color}" stroke-width="2" points="${points.join(' ')}"/>`;
  };
  const text = (at: number, top: number, words: string, color = '#333'): string =>
    `<text x="${at}" y="${top}" fill="${color}">${escapeXml(words)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13">
<title>${escapeXml(title)}</title>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<path d="M${MARGIN},${MARGIN}V${HEIGHT - MARGIN}H${WIDTH - MARGIN}" fill="none" stroke="#999"/>
<path d="M${x(best).toFixed(1)},${MARGIN}V${HEIGHT - MARGIN}" stroke="#bbb" stroke-dasharray="4 4"/>
${line('trainLoss', '#0072b2')}
${line('valLoss', '#d55e00')}
${text(MARGIN, 24, title)}
${text(WIDTH - 200, 24, 'training loss', '#0072b2')}
${text(WIDTH - 110, 24, 'validation', '#d55e00')}
${text(6, MARGIN + 4, most.toPrecision(2))}
${text(30, HEIGHT - MARGIN + 4, '0')}
${text(MARGIN, HEIGHT - 16, `epochs 0 to ${epochs.length - 1}, kept ${best}`)}
</svg>
`;
}
