export { audit, type Comparison, type GroupFigure } from './audit.js';
export { type EvaluateOptions, evaluate, type Outcome } from './evaluate.js';
export { type FaceSet, readFaces } from './faces/read-faces.js';
export { readShard } from './faces/shard.js';
export { figuresOf } from './figures.js';
export type { Headline } from './headlines.js';
export type { Figures, Judge, Truth, Verdict } from './judges/judge.js';
export { JUDGES } from './judges/judges.js';
export { LAYOUTS, type LayoutReader } from './layouts/layouts.js';
export {
  type Answer,
  type Framing,
  openPredictor,
  type Prediction,
  type Predictor,
  type PredictorOptions,
} from './predictor.js';
export { reportFiles } from './report/files.js';
export { type Report, reportOf, type Setting } from './report/report.js';
export type * from './sample.js';
export { UNKNOWN_CLASS } from './sample.js';
export type { Interval } from './statistics/bootstrap.js';
export type { Calibration, Trust } from './statistics/calibrate.js';
export type { ReliabilityBin } from './statistics/calibration.js';
export type { Confusion } from './statistics/confusion.js';
