import { lineCharts } from '@facexformer/statistics';
import type { TrainedTask } from './result.js';

/** The losses over the epochs as a picture, SVG; a line marks the epoch that was kept. */
export function curvesSvg({ epochs, best }: Pick<TrainedTask, 'epochs' | 'best'>, title: string): string {
  const line = (name: string, color: string, loss: 'trainLoss' | 'valLoss') => ({
    name,
    color,
    points: epochs.map((epoch) => [epoch.epoch, epoch[loss]] as const),
  });
  const chart = {
    title,
    lines: [line('training loss', '#0072b2', 'trainLoss'), line('validation', '#d55e00', 'valLoss')],
    note: `epochs 0 to ${epochs.length - 1}, kept ${best}`,
    from: 0,
    mark: best,
  };
  return lineCharts([chart], { width: 548, height: 224, columns: 1 });
}
