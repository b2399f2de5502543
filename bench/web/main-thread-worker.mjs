/** For main-thread.mjs: a worker that has the whole analyzer; the first message opens it, each other one is a photo. */
import { openAnalyzer } from './main-thread-analyzer.mjs';

let analyzer;

addEventListener('message', async ({ data }) => {
  analyzer ??= openAnalyzer(data);
  postMessage('smallestFace' in data ? [] : await (await analyzer).analyze(data));
});
