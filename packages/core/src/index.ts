/** What an application needs; authors of graphs, tasks, runtimes and file tools find more in the sub-exports. */
export type { Analyzer, AnalyzerOptions } from './analyzer/analyzer.js';
export { createAnalyzer } from './analyzer/create-analyzer.js';
export { type Attention, drawAttention, type ExplainedFace } from './analyzer/explain.js';
export type {
  AnalyzedPhoto,
  AnalyzeManyOptions,
  FailedPhoto,
  PhotoItem,
  PhotoResult,
  PhotoSource,
} from './analyzer/many.js';
export type { Stage, StageListener } from './analyzer/stages.js';
export { type ErrorCode, FaceXFormerError, throwIfAborted } from './base/errors.js';
export type { Signal } from './base/signal.js';
export type { Tensor } from './base/tensor.js';
export type { Checkpoint, CheckpointInfo, Provenance } from './checkpoint/checkpoint.js';
export { verifyContent } from './checkpoint/content-hash.js';
export { type OpenOptions, openCheckpoint } from './checkpoint/open.js';
export { type StoredPrecision, saveCheckpoint } from './checkpoint/save.js';
export type { Detection, Detector, DetectorFactory } from './face/detector.js';
export type { Drawing } from './face/draw-face.js';
export type { AnalyzedFace, AnalyzeOptions, Face, FaceJson, RawOutputs, TaskErrors } from './face/face.js';
export { faceSchema } from './face/face-schema.js';
export { readFace } from './face/read-face.js';
export { type ByteSource, bytesSource } from './formats/byte-source.js';
export type { Precision } from './graph/lower/emitter.js';
export type { Box, Point, Size } from './image/geometry.js';
export type { Pixels } from './image/pixels.js';
export type { ModelConfig } from './model/config.js';
export { pluginFromRecipe } from './plugin/from-recipe.js';
export { type Plugin, plugin } from './plugin/plugin.js';
export {
  openPluginCheckpoint,
  type PluginCheckpoint,
  savePluginCheckpoint,
} from './plugin/plugin-checkpoint.js';
export type { Measured, PluginInfo } from './plugin/plugin-info.js';
export type { RunOptions, Runtime, Session } from './runtime/runtime.js';
export type {
  FaceTrack,
  SourceFrame,
  StreamFrame,
  StreamOptions,
  StreamSignal,
  StreamSource,
} from './stream/frame.js';
export type { Classification } from './task/classification.js';
export { classify } from './task/classify.js';
export type { Color, Shape } from './task/draw.js';
export { type Embedding, embed, similarity } from './task/embed.js';
export type { MaskLabel } from './task/mask-label.js';
export { type MultiLabel, multiLabel } from './task/multi-label.js';
export { type Regression, type RegressOptions, regress } from './task/regress.js';
export type { Distinct, ResultOf, Results } from './task/results.js';
export { type Segmentation, segment } from './task/segment.js';
export {
  type DecodeContext,
  type DrawContext,
  defineTask,
  type Task,
  type TaskDefinition,
} from './task/task.js';
export type { Vocabulary } from './task/vocabulary.js';
