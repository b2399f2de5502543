/** Analyses photos with `analyzeMany` when it is told to, for serve.mjs: the same work without HTTP. */
import { createAnalyzer, openCheckpoint } from '@facexformer/core';
import { blazeFace } from '@facexformer/detector';
import { miniModel } from '@facexformer/model-mini';
import { fileSource, nodeRuntime } from '@facexformer/runtime-node';
import { allTasks } from '@facexformer/tasks';

const [checkpoint, options] = process.argv.slice(2);
const analyzer = await createAnalyzer({
  runtime: nodeRuntime(JSON.parse(options)),
  checkpoint: await openCheckpoint(await fileSource(checkpoint || miniModel)),
  detector: blazeFace(),
  tasks: allTasks(),
});

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
await analyzer.warmUp();
process.send('ready');
