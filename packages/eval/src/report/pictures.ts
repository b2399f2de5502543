import { confusionPicture } from '../pictures/confusion-matrix.js';
import { errorCurve } from '../pictures/curve.js';
import { groupsPicture } from '../pictures/group-intervals.js';
import { reliabilityPicture } from '../pictures/reliability.js';
import type { Report } from './report.js';

/** A picture of a report: SVG under a file name. */
export interface ReportPicture {
  readonly file: string;
  /** What it shows, for people who cannot see it. */
  readonly title: string;
  readonly svg: string;
}

/** All pictures that a report has the figures for. */
export function picturesOf({ curves, confusion, calibration, audit }: Report): readonly ReportPicture[] {
  const audited = [...new Set(audit.map(({ headline }) => headline))];
  return [
    ...Object.entries(curves).map(([task, curve]) => ({
      file: `${task}-curve.svg`,
      title: `cumulative error of ${task}`,
      svg: errorCurve(task, curve),
    })),
    ...Object.entries(confusion).map(([task, table]) => ({
      file: `confusion-${task}.svg`,
      title: `confusion matrix of ${task}`,
      svg: confusionPicture(task, table),
    })),
    ...Object.entries(calibration).map(([task, value]) => ({
      file: `reliability-${task}.svg`,
      title: `reliability of ${task}`,
      svg: reliabilityPicture(task, value),
    })),
    ...audited.map((headline) => ({
      file: `groups-${headline.figure.replace('.', '-')}.svg`,
      title: `${headline.title} by group`,
      svg: groupsPicture(
        headline.title,
        audit.filter((comparison) => comparison.headline === headline),
      ),
    })),
  ];
}
