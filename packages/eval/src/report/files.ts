import { markdownOf } from './markdown.js';
import { picturesOf } from './pictures.js';
import type { Report } from './report.js';

/** The files of a report, content by name: `report.json`, `report.md` and its pictures (SVG). */
export function reportFiles(report: Report): Readonly<Record<string, string>> {
  const pictures = picturesOf(report);
  return {
    'report.json': `${JSON.stringify(report, undefined, 1)}\n`,
    'report.md': markdownOf(report, pictures),
    ...Object.fromEntries(pictures.map(({ file, svg }) => [file, svg])),
  };
}
