export { type Analyzer, type AnalyzerOptions, createAnalyzer } from './analyzer/analyzer.js';
export type * from './analyzer/detector.js';
export type { Detection, Detector, DetectorFactory } from './analyzer/detector.js';
export { type Attention, drawAttention, type ExplainedFace } from './analyzer/explain.js';
export type { AnalyzedFace, AnalyzeOptions, Face } from './analyzer/face.js';
export type { Drawing, TaskErrors } from './analyzer/results.js';
export type * from './checkpoint/checkpoint.js';
export { verifyContent } from './checkpoint/content-hash.js';
export { halfToFloat, narrow, widen } from './checkpoint/dtype.js';
export { parseInfo } from './checkpoint/info.js';
export { type OpenOptions, openCheckpoint } from './checkpoint/open.js';
export { readSafetensorsHeader, type SafetensorsHeader } from './checkpoint/read-safetensors.js';
export { type StoredPrecision, saveCheckpoint } from './checkpoint/save.js';
export { type Sha256, sha256 } from './checkpoint/sha256.js';
export { type ByteSource, bytesSource } from './checkpoint/source.js';
export { VOCABULARIES } from './checkpoint/vocabularies.js';
export {
  encodeSafetensors,
  type StoredTensor,
  type TensorPlan,
  writeSafetensors,
} from './checkpoint/write-safetensors.js';
export { drawOnCanvas } from './draw/canvas.js';
export type { CanvasContext, CanvasLike, CanvasPixels } from './draw/canvas-context.js';
export { cardsHideFaces } from './draw/cards.js';
export type { FaceDrawing, Size } from './draw/drawing.js';
export { maskPixels } from './draw/mask.js';
export { toSvg } from './draw/svg.js';
export { escapeXml, systemText, type TextMeasure, type TextRenderer } from './draw/text.js';
export { type DisposableSession, type OrtNative, ortSession } from './engine/ort-session.js';
export { type ErrorCode, FaceXFormerError, throwIfAborted } from './errors.js';
export { decomposeAttention } from './graph/decompose.js';
export { type Bindings, evaluator } from './graph/evaluate/evaluate.js';
export { topological } from './graph/fold.js';
export type { Precision } from './graph/lower/emitter.js';
export { type ExportOptions, exportOnnx, type ParameterSource } from './graph/onnx/export.js';
export * from './graph/ops.js';
export type {
  BinaryFunction,
  Dim,
  Operation,
  ParameterRange,
  ReduceFunction,
  Shape as ValueShape,
  UnaryFunction,
  Value,
} from './graph/value.js';
export { BATCH } from './graph/value.js';
export { cropBox } from './image/crop.js';
export {
  type Box,
  type Grid,
  gridToPhoto,
  intersectionOverUnion,
  type Point,
  photoToGrid,
  photoToUnit,
  unitToPhoto,
} from './image/geometry.js';
export { normalizeInto } from './image/normalize.js';
export { checkPixels, isPixels, type Pixels } from './image/pixels.js';
export { resizeBicubic } from './image/resize.js';
export type { Memory } from './model/attention.js';
export type { FeatureMap } from './model/backbone.js';
export { type BuildOptions, buildModel, IMAGE_INPUT, type ModelGraph } from './model/build.js';
export type * from './model/config.js';
export type { DecoderMemory } from './model/decoder.js';
export type { HeadContext } from './model/head.js';
export { jointHead, mlpHead, segmentHead } from './model/heads.js';
export type { ParameterFactory } from './model/parameters.js';
export { buildPlugin, type Seen } from './model/plug-in.js';
export {
  openPluginCheckpoint,
  type PluginCheckpoint,
  savePluginCheckpoint,
} from './plugin/checkpoint.js';
export type { Measured, PluginInfo } from './plugin/info.js';
export { type Plugin, plugin } from './plugin/plugin.js';
export { remakePlugin } from './plugin/remake.js';
export type { ModelBuilder, OnnxModel, RunOptions, Runtime, Session, Signal, Target } from './runtime.js';
export type * from './stream/frame.js';
export { type Classification, decodeClassification } from './task/classification.js';
export { classify } from './task/classify.js';
export { argmaxOf, finiteValues, knownLabels, sigmoidOf, softmaxOf } from './task/decode.js';
export { type Color, percent, type Shape } from './task/draw.js';
export { type Embedding, embed, similarity } from './task/embed.js';
export type { LabelContext, Learning, LossKind } from './task/learning.js';
export type { Made } from './task/made.js';
export type { MaskLabel } from './task/mask-label.js';
export { type MultiLabel, multiLabel } from './task/multi-label.js';
export { type Regression, type RegressOptions, regress } from './task/regress.js';
export type { Distinct, ResultOf, Results } from './task/results.js';
export { type Segmentation, segment } from './task/segment.js';
export type { Smooth, SmoothUnit } from './task/smooth.js';
export {
  type DecodeContext,
  type DrawContext,
  defineTask,
  type Task,
  type TaskDefinition,
} from './task/task.js';
export { expectShape, joinRows, row, sizeOf, type Tensor, tensor } from './tensor.js';
