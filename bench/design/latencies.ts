import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare, type Latency, openInference } from './latency.js';
import { basePlan, planVariant } from './plan.js';
import type { Settings } from './settings.js';
import type { Variant } from './variant.js';

/** Measures a variant's inference against the base's at batches of one and eight, once: the figures are kept beside the results. */
export async function keepLatencies(variant: Variant, settings: Settings): Promise<void> {
  const { runtime, latencySize, turns, out } = settings;
  const path = join(out, `latency-${variant.name}.json`);
  if (existsSync(path)) return;
  const { plan } = await planVariant(variant, settings, 1); // fresh weights cost the same whatever the seed
  const at = async (batch: number, count: number): Promise<Latency> => {
    // A session plans its memory for its first batch, so each batch has its own.
    const base = await openInference(runtime, basePlan(settings, 1), latencySize);
    const network = await openInference(runtime, plan, latencySize);
    const latency = await compare(network, base, batch, latencySize, count);
    await Promise.all([base.dispose(), network.dispose()]);
    return latency;
  };
  const [batch1, batch8] = [await at(1, 4 * turns), await at(8, turns)];
  writeFileSync(
    path,
    `${JSON.stringify({ name: variant.name, size: latencySize, batch1, batch8 }, null, 2)}\n`,
  );
  console.log(variant.name, batch1.ratio, batch8.ratio);
}
