export { type EvaluateOptions, evaluate, type Outcome } from './evaluate.js';
export { type FaceSet, readFaces } from './faces/read-faces.js';
export { figuresOf } from './figures.js';
export type { Figures, Judge, Truth, Verdict } from './judges/judge.js';
export { JUDGES } from './judges/judges.js';
export {
  type Answer,
  type Framing,
  openPredictor,
  type Prediction,
  type Predictor,
  type PredictorOptions,
} from './predictor.js';
export type * from './sample.js';
