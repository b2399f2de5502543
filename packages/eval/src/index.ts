export { type EvaluateOptions, evaluate, type Outcome } from './judging/evaluate.js';
export { figuresOf } from './judging/figures.js';
export type { Framing } from './judging/framing.js';
export { reportFiles } from './report/files.js';
export { type Report, reportOf, type Setting } from './report/report.js';
export type { Comparison, GroupFigure } from './statistics/audit.js';
export type { Calibration, Trust } from './statistics/calibrate.js';
export type { ReliabilityBin } from './statistics/calibration.js';
export type { Confusion } from './statistics/confusion.js';
