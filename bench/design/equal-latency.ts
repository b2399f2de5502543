import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackboneConfig } from '../../packages/core/src/model/config.js';
import type { TrainingPlan } from '../../packages/train/src/whole/plan/plan.js';
import { FAMILIES, type Family } from './families.js';
import { compare, type Latency, openInference } from './latency.js';
import type { Settings } from './settings.js';

/** The member of a family whose whole network takes the base's time, and how it was found. */
export interface Found {
  readonly width: number;
  readonly backbone: BackboneConfig;
  readonly latency: Latency;
  /** Whether its latency is within 5 % of the base's. */
  readonly within: boolean;
  readonly tried: readonly { readonly width: number; readonly ratio: number }[];
}

const TOLERANCE = 0.05;
/** Batch at which latencies are made equal. */
const BATCH = 8;

/** Finds the member of each family, once: the search is kept beside the results. */
export async function equalLatency(
  name: string,
  plan: TrainingPlan,
  settings: Pick<Settings, 'runtime' | 'latencySize' | 'turns' | 'out'>,
): Promise<Found> {
  const path = join(settings.out, `equal-latency-${name}.json`);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Found;
  const found = await search(FAMILIES[name]!, plan, settings);
  writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
  return found;
}

/** Bisects the width, then tries the neighbours: kernels like some widths better, so time is not quite monotone. */
async function search(
  { from, to, member }: Family,
  plan: TrainingPlan,
  { runtime, latencySize, turns }: Pick<Settings, 'runtime' | 'latencySize' | 'turns'>,
): Promise<Found> {
  const base = await openInference(runtime, plan, latencySize);
  const tried = new Map<number, Latency>();
  const measure = async (width: number): Promise<number> => {
    const known = tried.get(width);
    if (known) return known.ratio;
    const network = await openInference(
      runtime,
      { ...plan, model: { ...plan.model, backbone: member(width) } },
      latencySize,
    );
    const latency = await compare(network, base, BATCH, latencySize, turns);
    await network.dispose();
    tried.set(width, latency);
    return latency.ratio;
  };
  const error = (width: number): number => Math.abs(tried.get(width)!.ratio - 1);
  const best = (): number => [...tried.keys()].reduce((a, b) => (error(b) < error(a) ? b : a));
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((await measure(middle)) > 1) high = middle;
    else low = middle;
  }
  for (const width of [low, high, best() - 1, best() + 1])
    if (width >= from && width <= to) await measure(width);
  await base.dispose();
  const width = best();
  return {
    width,
    backbone: member(width),
    latency: tried.get(width)!,
    within: error(width) <= TOLERANCE,
    tried: [...tried].map(([key, { ratio }]) => ({ width: key, ratio })),
  };
}
