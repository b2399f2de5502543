import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bytesSource } from '@facexformer/core';
import { readSafetensorsHeader, writeSafetensors } from '@facexformer/core/formats';
import { fixtureUrl } from './fixture-url.js';
import { type OfficialTensor, portableSafetensors } from './portable-weights.js';

/** Absolute path of a file in the repository's `fixtures` folder. */
export const fixturePath = (name: string): string => fileURLToPath(fixtureUrl(name));

export const fixtureJson = <T>(name: string): T => JSON.parse(readFileSync(fixturePath(name), 'utf8')) as T;

/** A stored safetensors fixture: values by name, bytes for pictures and masks. */
export async function fixtureTensors(name: string): Promise<(key: string) => Float32Array | Uint8Array> {
  const bytes = readFileSync(fixturePath(name));
  const { tensors } = await readSafetensorsHeader(bytesSource(bytes));
  return (key) => {
    const entry = tensors.get(key);
    if (!entry) throw new Error(`no ${key} in ${name}`);
    const part = new Uint8Array(bytes.subarray(entry.offset, entry.offset + entry.byteLength));
    return entry.dtype === 'U8' ? part : new Float32Array(part.buffer);
  };
}

/** Generated weights under official names as the bytes of a safetensors file. */
export async function portableBytes(
  tensors: readonly OfficialTensor[],
  options?: Parameters<typeof portableSafetensors>[1],
): Promise<Uint8Array> {
  const { plan, read } = portableSafetensors(tensors, options);
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSafetensors(plan, read)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
