/** Analyses photos with `analyzeMany` when it is told to, for serve.mjs: the same work without HTTP. */
import { miniModel } from '@facexformer/model-mini';
import { openAnalyzer } from './calls-at-once.mjs';

const [checkpoint, options] = process.argv.slice(2);
const analyzer = await openAnalyzer(checkpoint || miniModel, JSON.parse(options));

/** The same photo again and again until `seconds` are over. */
function* photosFor(photo, seconds) {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) yield photo;
}

process.on('message', async ({ photo, seconds }) => {
  const bytes = Buffer.from(photo, 'base64');
  const begun = performance.now();
  let count = 0;
  let faces;
  for await (const result of analyzer.analyzeMany(photosFor(bytes, seconds))) {
    if (result.error) throw result.error;
    faces = JSON.stringify(result.faces); // as an answer has to
    count += 1;
  }
  process.send({ perSecond: count / ((performance.now() - begun) / 1000), faces });
});
process.send('ready');
