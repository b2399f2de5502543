/** Writes the generated weights of the full model under their official names: usage: make-weights.mjs out.safetensors [seed] */
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeSafetensors } from '@facexformer/core/formats';
import { importTypeScript } from '../typescript.mjs';

const [out, seed] = process.argv.slice(2);
const fixtures = join(import.meta.dirname, '../../fixtures');
const { portableSafetensors } = await importTypeScript('packages/test-utils/src/portable-weights.ts');
const tensors = JSON.parse(readFileSync(join(fixtures, 'official-tensors.json'), 'utf8'));
const { plan, read } = portableSafetensors(tensors, seed === undefined ? {} : { seed: Number(seed) });
await pipeline(Readable.from(writeSafetensors(plan, read)), createWriteStream(out));
