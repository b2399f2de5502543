import type { PhotoOutcome, PhotoRequest, PipelineParts } from '../analyzer/pipeline.js';
import type { Stage } from '../analyzer/stages.js';
import type { Tensor } from '../base/tensor.js';
import type { DetectorRecipe } from '../face/detector.js';
import type { Target } from '../graph/onnx/onnx-model.js';
import type { Pixels } from '../image/pixels.js';

/** To the worker: open a model under a number of the caller's choice; the answer is {@link Opened}. */
export interface OpenCall<Settings> {
  readonly id: number;
  /** Of the runtime that opens it. */
  readonly settings: Settings;
}

export interface Opened {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly device: string;
}

/** To the worker: run a model; the answer is {@link Ran}. */
export interface RunCall {
  readonly id: number;
  readonly feeds: Readonly<Record<string, Tensor>>;
}

export interface Ran {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly device: string;
}

/** To the worker: open a pipeline under a number of the caller's choice; the answer is its device. */
export interface PipelineCall<Settings>
  extends OpenCall<Settings>,
    Pick<PipelineParts, 'config' | 'outputs'> {
  readonly detector: DetectorRecipe | undefined;
  /** Whether the worker is to tell of stages. */
  readonly watched: boolean;
}

/** To the worker: take a photo through a pipeline; the answer is {@link PhotoAnswer}. */
export interface PhotoCall<Image> extends Omit<PhotoRequest, 'choose' | 'signal'> {
  readonly id: number;
  readonly image: Image | Pixels;
}

export interface PhotoAnswer extends PhotoOutcome {
  readonly device: string;
}

/** To the worker: free a model or a pipeline, or warm a pipeline up. */
export interface NumberCall {
  readonly id: number;
}

/** From the worker: build the model of this number for a target; the answer is an `OnnxModel`. */
export interface BuildCall {
  readonly id: number;
  readonly target: Target;
  readonly external: boolean;
}

/** From the worker: a stage of a pipeline begins, or the one of this key ends. */
export interface StageCall {
  readonly id: number;
  readonly key: number;
  readonly begins?: { readonly stage: Stage; readonly count: number };
}
