/** For authors of tasks: heads, decoding, and what a task states of how it learns and is judged. */
export { argmaxOf, finiteValues, knownLabels, sigmoidOf, softmaxOf } from '../task/decode.js';
export { percent } from '../task/draw.js';
export type { HeadContext } from '../task/head.js';
export { jointHead, mlpHead, OUTPUT_BIAS, segmentHead } from '../task/heads.js';
export {
  BOX,
  COUNT,
  CROP,
  type JsonSchema,
  labelSchema,
  listSchema,
  NUMBER,
  objectSchema,
  POINT,
  PROBABILITY,
  recordSchema,
  TEXT,
} from '../task/json-schema.js';
export { groupsByLabel, judgeClassification } from '../task/judge-classification.js';
export { judgeMultiLabel, type PresentLabels } from '../task/judge-multi-label.js';
export {
  type ClassMap,
  type ClassPixels,
  judgeSegmentation,
  pixelsOf,
  segmentationSums,
} from '../task/judge-segmentation.js';
export { flagList, numberList, unknownLabel } from '../task/labels.js';
export type { FaceOutline, KnownFace, LabelContext, Learning, LossKind } from '../task/learning.js';
export { checkMask, sampleMask, transformMask, UNKNOWN_CLASS } from '../task/mask-label.js';
export {
  type Answer,
  type Figures,
  type Headline,
  type Metrics,
  meanAndParts,
  share,
  total,
  type Verdict,
} from '../task/metrics.js';
export { multiLabelSchema } from '../task/multi-label.js';
export type { TaskRecipe } from '../task/recipe.js';
export { classMapJson, classMapSchema, type ResultJson } from '../task/result-json.js';
export type { Smooth, SmoothUnit } from '../task/smooth.js';
export { requireVersion } from '../task/task.js';
export { type Vocabularies, vocabularyOf } from '../task/vocabulary.js';
