import { prepareSet } from '../packages/train/src/data/prepare.js';

const [faces = '../shared/faces', cache = '.cache/train'] = process.argv.slice(2);

for (const split of ['val', 'train']) {
  for (const set of ['landmarks68', 'celebamask', 'celeba', 'fer2013', 'utkface']) {
    const start = Date.now();
    await prepareSet(faces, cache, set, split, set === 'fer2013' ? 80 : 160);
    console.log(`${set} ${split}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
  }
}
