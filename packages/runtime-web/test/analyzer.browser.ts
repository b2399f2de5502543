import { fixtureUrl } from '@facexformer/test-utils/fixture-url';
import { expect, it } from 'vitest';
import { openAnalyzer } from './analyzer.worker.ts';

it('a whole analyzer works in a worker: results and drawings are plain data, the same as in the page', {
  timeout: 180_000,
}, async () => {
  const photo = await (await fetch(fixtureUrl('astronaut.png'))).blob();
  const worker = new Worker(new URL('./analyzer.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  });
  worker.postMessage(photo);
  const there = await answer;
  worker.terminate();
  const analyzer = await openAnalyzer();
  const faces = await analyzer.analyze(photo);
  const here = { faces, drawings: analyzer.draw(faces) };
  await analyzer.dispose();
  expect(here.faces).toHaveLength(1);
  expect(there).toEqual(here);
});
