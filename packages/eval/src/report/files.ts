import { demand, having, LIST, OBJECT } from '@facexformer/core/arguments';
import { markdownOf } from './markdown.js';
import { picturesOf } from './pictures.js';
import type { Report } from './report.js';

const REPORT = having('what reportOf gives', {
  model: OBJECT,
  headlines: LIST,
  figures: OBJECT,
  intervals: OBJECT,
  audit: LIST,
  calibration: OBJECT,
  confusion: OBJECT,
  curves: OBJECT,
});

/** The files of a report, content by name: `report.json`, `report.md` and its pictures (SVG). */
export function reportFiles(report: Report): Readonly<Record<string, string>> {
  demand(report, REPORT, 'reportFiles: report');
  const pictures = picturesOf(report);
  return {
    'report.json': `${JSON.stringify(report, undefined, 1)}\n`,
    'report.md': markdownOf(report, pictures),
    ...Object.fromEntries(pictures.map(({ file, svg }) => [file, svg])),
  };
}
