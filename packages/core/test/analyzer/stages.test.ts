import { testImage } from '@facexformer/test-utils/portable-image';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { expect, it } from 'vitest';
import { createAnalyzer, FaceXFormerError, type Stage } from '../../src/index.js';
import { codeOf, engine, rawTask } from './engine.js';

const photo = testImage(3, 200, 150);
const faces = Array.from({ length: 11 }, (_, i) => ({
  box: { x: 10 * i, y: 20, width: 60, height: 60 },
  score: 0.5,
}));

/** An analyzer that finds eleven faces, and what its listener heard. */
async function openWatched(runtime = engine()) {
  const heard: string[] = [];
  const analyzer = await createAnalyzer({
    runtime,
    checkpoint: untrainedCheckpoint(),
    tasks: [rawTask('age', 8)],
    detector: async () => ({ detect: async () => faces, dispose: async () => undefined }),
    onStage: (stage: Stage, count: number) => {
      heard.push(`${stage} ${count}`);
      return () => heard.push(`${stage} ends`);
    },
  });
  return { analyzer, heard };
}

it('tells a listener each stage of a photo in turn, and each batch of its faces', async () => {
  const { analyzer, heard } = await openWatched();
  await analyzer.analyze(photo);
  const stages = ['decode 1', 'detect 1', 'network 8', 'network 3', 'answers 11'];
  expect(heard).toEqual(stages.flatMap((stage) => [stage, `${stage.split(' ')[0]} ends`]));
});

it('tells a listener the end of a stage that failed', async () => {
  const broken = async () => {
    throw new FaceXFormerError('BAD_IMAGE', 'the image is broken');
  };
  const { analyzer, heard } = await openWatched({ ...engine(), decode: broken });
  expect(await codeOf(analyzer.analyze(photo))).toBe('BAD_IMAGE');
  expect(heard).toEqual(['decode 1', 'decode ends']);
});

it('knows its tasks', async () => {
  const { analyzer } = await openWatched();
  expect(analyzer.tasks.map(({ name }) => name)).toEqual(['age']);
});
