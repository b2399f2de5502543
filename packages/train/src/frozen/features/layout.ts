import type { ModelConfig, Task } from '@facexformer/core';
import { BATCH, type Dim, input, sizeOf, topological, type Value } from '@facexformer/core/graph';
import {
  buildModel,
  buildPlugin,
  type DecoderMemory,
  type FrozenFeatures,
  type Memory,
} from '@facexformer/core/model';

/** A part of what the frozen base shows to the task. */
export interface FeaturePart {
  readonly name: string;
  /** Without the batch. */
  readonly dims: readonly number[];
  readonly size: number;
  /** The part as a value of the base's graph, [B, ...dims]. */
  readonly value: Value;
}

/** What of the base's results a task reads; all else need not be kept. */
export interface FeatureLayout {
  readonly parts: readonly FeaturePart[];
  /** Numbers of all parts of one view of a face. */
  readonly size: number;
  /** The same parts as inputs of another graph, named like the parts. */
  inputs(batch: Dim): FrozenFeatures;
}

type Replace = (name: string, value: Value) => Value;

/** Finds out what a task reads by building it. Nothing but its own tokens can depend on the photo and be trained. */
export function featureLayout(config: ModelConfig, task: Task): FeatureLayout {
  const { memory, face, features } = buildModel(config, { tasks: [] });
  const { height, width } = features[0]!;
  const map = (replace: Replace): FrozenFeatures => ({
    memory: mapMemory(memory, replace),
    face: { tokens: replace('face', face), height, width },
  });
  const inputs = (batch: Dim): FrozenFeatures =>
    map((name, value) => (value.shape[0] === 1 ? value : input(name, [batch, ...value.shape.slice(1)])));
  const raw = buildPlugin(config, task, inputs(BATCH));
  const read = new Set(topological([raw]).flatMap((value) => (value.op === 'input' ? [value.name] : [])));
  const parts: FeaturePart[] = [];
  map((name, value) => {
    const dims = value.shape.slice(1) as readonly number[];
    if (read.has(name)) parts.push({ name, dims, size: sizeOf(dims), value });
    return value;
  });
  return { parts, size: parts.reduce((sum, { size }) => sum + size, 0), inputs };
}

function mapMemory({ layers, final }: DecoderMemory, replace: Replace): DecoderMemory {
  const both = (name: string, { keys, values }: Memory): Memory => ({
    keys: replace(`${name}.keys`, keys),
    values: replace(`${name}.values`, values),
  });
  return {
    layers: layers.map(({ tokens, face }, i) => ({
      tokens: both(`layers.${i}.tokens`, tokens),
      face: both(`layers.${i}.face`, face),
    })),
    final: both('final', final),
  };
}
