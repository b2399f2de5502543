import { checkOptions, demand } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import { BYTE_SOURCE, type ByteSource } from '../formats/byte-source.js';
import { readStored } from '../formats/dtype.js';
import { isTorchZip } from '../formats/is-torch-zip.js';
import { readSafetensorsHeader } from '../formats/read-safetensors.js';
import type { TensorEntry, TensorStore } from '../formats/tensor-entry.js';
import { SIZE } from '../image/geometry.js';
import type { ModelConfig } from '../model/config.js';
import type { Checkpoint, CheckpointInfo } from './checkpoint.js';
import { INFO_KEY, PLUGIN_KEY, parseInfo } from './info.js';
import { opening } from './opening.js';

/** Choices for checkpoints with official names, which do not describe themselves. */
export interface OpenOptions {
  /** Network input in pixels; 224 x 224 by default. */
  readonly input?: ModelConfig['input'];
}

/**
 * Opens a checkpoint: ours, a safetensors with the official tensor names, or the released torch file. Only headers
 * are read; tensors follow on demand, or are mapped by the engine straight from the file. The checkpoint owns its source:
 * the source is closed with it, and also when it cannot be opened.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT`, `BAD_PICKLE`, `BAD_TENSOR`, `MISSING_TENSOR`, `UNSUPPORTED`.
 */
export async function openCheckpoint(source: ByteSource, options: OpenOptions = {}): Promise<Checkpoint> {
  demand(source, BYTE_SOURCE, 'openCheckpoint: the source');
  return opening(source, async () => {
    checkOptions('openCheckpoint', options, { input: SIZE });
    return readCheckpoint(source, options);
  });
}

/** What only foreign files need is imported late: a page with weights of ours never loads it. */
async function readCheckpoint(source: ByteSource, options: OpenOptions): Promise<Checkpoint> {
  if (await isTorchZip(source)) {
    const { readTorchZip } = await import('../formats/torch-zip.js');
    return openOfficial(await readTorchZip(source), source, options);
  }
  const { tensors, metadata } = await readSafetensorsHeader(source);
  const json = metadata[INFO_KEY];
  if (json === undefined && PLUGIN_KEY in metadata) {
    throw new FaceXFormerError(
      'BAD_CHECKPOINT',
      'this file is a plug-in, not a model: open it with openPluginCheckpoint',
    );
  }
  const store: TensorStore = {
    tensors,
    read: (name) => readStored(source, entryOf(tensors, name)),
  };
  if (json === undefined) return openOfficial(store, source, options);
  const info = parseInfo(json);
  if (![...tensors.values()].some(({ dtype }) => dtype === 'U8'))
    return checkpointOf(info, source, tensors, store.read);
  const { joinScales, readWeight } = await import('../formats/int8.js');
  const weights = joinScales(tensors);
  return checkpointOf(info, source, weights, (name) => readWeight(source, name, entryOf(weights, name)));
}

async function openOfficial(
  store: TensorStore,
  source: ByteSource,
  { input }: OpenOptions,
): Promise<Checkpoint> {
  const { adoptOfficial } = await import('./official.js');
  const { info, officialNames } = await adoptOfficial(store, input);
  const tensors = new Map([...officialNames].map(([name, official]) => [name, store.tensors.get(official)!]));
  const checkpoint = checkpointOf(info, source, tensors, (name) => {
    entryOf(tensors, name);
    return store.read(officialNames.get(name)!);
  });
  return store.verify ? { ...checkpoint, verify: store.verify } : checkpoint;
}

function checkpointOf(
  info: CheckpointInfo,
  source: ByteSource,
  tensors: ReadonlyMap<string, TensorEntry>,
  read: (name: string) => Promise<Float32Array>,
): Checkpoint {
  return { info, source, tensors, read: async (name) => read(name), close: async () => source.close?.() };
}

function entryOf<Entry extends TensorEntry>(tensors: ReadonlyMap<string, Entry>, name: string): Entry {
  const entry = tensors.get(name);
  if (!entry) {
    throw new FaceXFormerError(
      'MISSING_TENSOR',
      `the checkpoint has no tensor "${name}": convert or download it anew`,
      {
        details: { name },
      },
    );
  }
  return entry;
}
