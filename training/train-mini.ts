import { nodeRuntime } from '@facexformer/runtime-node';
import { bySeconds } from '../packages/train/src/trainer/schedule.js';
import { train } from '../packages/train/src/trainer/train.js';
import { miniPlan, SLOTS } from './mini.js';

const [folder = '.cache/train/run-1', seconds = '3300', size = '96', stopAt = '1', cache = '.cache/train'] =
  process.argv.slice(2);

const path = await train({
  plan: miniPlan(Number(size)),
  stopAt: Number(stopAt),
  runtime: nodeRuntime({ device: 'cpu', threads: 2 }),
  cache,
  sets: SLOTS,
  folder,
  schedule: {
    peak: 5e-4,
    warmUpSteps: 100,
    progress: bySeconds(Number(seconds)),
  },
  saveEvery: 120,
  validateEvery: 480,
  provenance: {
    name: 'mini',
    trained: true,
    source:
      'trained from scratch by @facexformer/train on the train splits of UTKFace, CelebA, CelebAMask, Helen/AFW and FER2013 mirrors',
    licence: 'trained on research data with non-commercial upstream terms: not for commercial use',
    notes: ['visibility is experimental: learned from painted occluders, no real labels'],
  },
});
console.log(path);
