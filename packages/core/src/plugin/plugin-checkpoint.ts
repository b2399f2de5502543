import { demand, having, kind, OBJECT, tagOf } from '../base/arguments.js';
import { FaceXFormerError } from '../base/errors.js';
import type { Tensor } from '../base/tensor.js';
import { INFO_KEY, PLUGIN_KEY } from '../checkpoint/info.js';
import { opening } from '../checkpoint/opening.js';
import { BYTE_SOURCE, type ByteSource } from '../formats/byte-source.js';
import { widen } from '../formats/dtype.js';
import { readSafetensorsHeader } from '../formats/read-safetensors.js';
import { sha256 } from '../formats/sha256.js';
import { encodeSafetensors } from '../formats/write-safetensors.js';
import { type PluginInfo, parsePluginInfo } from './plugin-info.js';

/** A plug-in in memory: data, never code. */
export interface PluginCheckpoint {
  readonly info: PluginInfo;
  /** Its tokens and its head under the names `tasks.<task>....`. */
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/** Check of an argument. */
export const PLUGIN_CHECKPOINT = having('what await openPluginCheckpoint(source) gives', {
  info: having('its description', { task: OBJECT, base: OBJECT, vocabulary: OBJECT }),
  tensors: kind('its tensors', (value) => tagOf(value) === 'Map'),
});

/** The largest file that is taken for a plug-in, in bytes. */
const LARGEST = 64 * 2 ** 20;

/**
 * Reads a plug-in checkpoint: a safetensors file with one task's tokens and head. Everything is checked that can be
 * without a model; `createAnalyzer` checks the rest. The source is read whole and closed.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` for a file that is damaged, too large, or not a plug-in, `BAD_TENSOR` for
 * weights that are not finite, `UNSUPPORTED`.
 */
export async function openPluginCheckpoint(source: ByteSource): Promise<PluginCheckpoint> {
  demand(source, BYTE_SOURCE, 'openPluginCheckpoint: the source');
  const plugin = await opening(source, () => readPlugin(source));
  await source.close?.();
  return plugin;
}

async function readPlugin(source: ByteSource): Promise<PluginCheckpoint> {
  if (source.size > LARGEST)
    throw broken(`${source.size} bytes are more than the ${LARGEST} that are allowed`);
  const { tensors, metadata } = await readSafetensorsHeader(source);
  const json = metadata[PLUGIN_KEY];
  if (json === undefined) {
    throw broken(INFO_KEY in metadata ? 'it is a whole model (openCheckpoint)' : `it has no "${PLUGIN_KEY}"`);
  }
  const info = parsePluginInfo(json);
  const prefix = `tasks.${info.task.name}.`;
  const hash = sha256();
  const read = new Map<string, Tensor>();
  for (const [name, { dtype, shape, offset, byteLength }] of sorted(tensors)) {
    if (!name.startsWith(prefix)) throw broken(`tensor "${name}" does not belong to its task`);
    const bytes = await source.read(offset, byteLength);
    hash.add(bytes);
    const data = widen(dtype, bytes);
    const bad = data.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      throw new FaceXFormerError(
        'BAD_TENSOR',
        `tensor "${name}" of the plug-in holds ${data[bad]} at ${bad}`,
        {
          details: { name, index: bad },
        },
      );
    }
    read.set(name, { dims: shape, data });
  }
  const actual = `sha256:${hash.digest()}`;
  if (info.contentHash !== undefined && info.contentHash !== actual) {
    throw broken('its hash is not the stored one: it is damaged');
  }
  return { info, tensors: read };
}

/**
 * A plug-in checkpoint as the bytes of a safetensors file.
 * @throws {FaceXFormerError} `BAD_TENSOR` for weights that are not finite.
 */
export async function savePluginCheckpoint(checkpoint: PluginCheckpoint): Promise<Uint8Array> {
  const { info, tensors } = demand(checkpoint, PLUGIN_CHECKPOINT, 'savePluginCheckpoint: the checkpoint');
  const hash = sha256();
  const stored = [...tensors].map(([name, { dims, data }]) => {
    if (!data.every(Number.isFinite)) {
      throw new FaceXFormerError('BAD_TENSOR', `tensor "${name}" of the plug-in is not finite`);
    }
    hash.add(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { name, dtype: 'F32' as const, shape: dims, data };
  });
  const hashed: PluginInfo = { ...info, contentHash: `sha256:${hash.digest()}` };
  return encodeSafetensors(stored, { [PLUGIN_KEY]: JSON.stringify(hashed) });
}

const sorted = <Entry extends { readonly offset: number }>(
  tensors: ReadonlyMap<string, Entry>,
): readonly (readonly [string, Entry])[] => [...tensors].sort(([, a], [, b]) => a.offset - b.offset);

const broken = (message: string): FaceXFormerError =>
  new FaceXFormerError('BAD_CHECKPOINT', `the plug-in cannot be used: ${message}`);
