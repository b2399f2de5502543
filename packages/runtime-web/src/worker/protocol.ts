import type { Tensor } from '@facexformer/core';
import type { OnnxModel, Target } from '@facexformer/core/graph';
import type { DeviceLost } from '../contract/device-lost.js';
import type { Settings } from '../contract/options.js';
import type { WebImage } from '../picture/decode-image.js';

/** From the page: decode a photo; the answer is `Pixels`. */
export interface DecodeCall {
  readonly image: WebImage;
  readonly settings: Settings;
}

/** From the page: open a model under a number of the page's choice; the answer is {@link Opened}. */
export interface OpenCall {
  readonly session: number;
  readonly settings: Settings;
}

export interface Opened {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly device: string;
}

/** From the page: run a model; the answer is {@link Ran}. */
export interface RunCall {
  readonly session: number;
  readonly feeds: Readonly<Record<string, Tensor>>;
}

export interface Ran {
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly device: string;
}

/** From the page: free a model. */
export interface DisposeCall {
  readonly session: number;
}

/** From the worker: build the model for a target; the answer is an {@link OnnxModel}. */
export interface BuildCall {
  readonly session: number;
  readonly target: Target;
}

/** From the worker: a GPU went away. */
export interface LostCall {
  readonly event: DeviceLost;
}

export type { OnnxModel };
