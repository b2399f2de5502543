/** Analyses photos with `analyzeMany` when it is told to, for serve.mjs: the same work without HTTP. */
import { miniModel } from '@facexformer/model-mini';
import { openAnalyzer } from './calls-at-once.mjs';

const [checkpoint, options] = process.argv.slice(2);
const analyzer = await openAnalyzer(checkpoint || miniModel, JSON.parse(options));

process.on('message', async ({ photo, count }) => {
  const photos = Array(count).fill(Buffer.from(photo, 'base64'));
  const begun = performance.now();
  let faces;
  for await (const result of analyzer.analyzeMany(photos)) {
    if (result.error) throw result.error;
    faces = JSON.stringify(result.faces); // as an answer has to
  }
  process.send({ perSecond: count / ((performance.now() - begun) / 1000), faces });
});
process.send('ready');
