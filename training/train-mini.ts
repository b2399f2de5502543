import { nodeRuntime } from '@facexformer/runtime-node';
import { bySeconds } from '../packages/train/src/trainer/schedule.js';
import { train } from '../packages/train/src/trainer/train.js';
import { miniPlan, SLOTS } from './mini.js';

/** Trains the mini model: small pictures first, where most of the learning is cheap, then larger ones. */
const PHASES = [
  { size: 64, until: 0.45 },
  { size: 96, until: 0.8 },
  { size: 128, until: 1 },
] as const;

const [folder = '.cache/train/mini', seconds = '8700', cache = '.cache/train'] = process.argv.slice(2);

for (const { size, until } of PHASES) {
  await train({
    plan: miniPlan(size),
    stopAt: until,
    runtime: nodeRuntime({ device: 'cpu', threads: Number(process.env.THREADS ?? 2) }),
    cache,
    sets: SLOTS,
    folder,
    schedule: { peak: 8e-4, warmUpSteps: 400, progress: bySeconds(Number(seconds)) },
    saveEvery: 120,
    validateEvery: 600,
    provenance: {
      name: 'mini',
      trained: true,
      source:
        'trained from scratch by @facexformer/train on the train splits of UTKFace, CelebA, CelebAMask, Helen/AFW and FER2013 mirrors',
      licence: 'trained on research data with non-commercial upstream terms: not for commercial use',
      notes: ['visibility is experimental: learned from painted occluders, no real labels'],
    },
  });
}
