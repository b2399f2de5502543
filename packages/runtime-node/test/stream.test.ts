import { readFileSync } from 'node:fs';
import { createAnalyzer, type FaceTrack, FaceXFormerError } from '@facexformer/core';
import { age, landmarks } from '@facexformer/tasks';
import { fixturePath } from '@facexformer/test-utils/load';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { type NodeImage, nodeRuntime } from '../src/index.js';

const path = fixturePath('astronaut.png');
const box = { x: 173, y: 67, width: 106, height: 106 };

const open = () =>
  createAnalyzer({
    runtime: nodeRuntime({ device: 'cpu', threads: 1 }),
    checkpoint: untrainedCheckpoint(),
    tasks: [age(), landmarks()],
    detector: async () => ({ detect: async () => [{ box, score: 0.9 }], dispose: async () => undefined }),
  });

async function* photos(): AsyncGenerator<NodeImage> {
  yield path;
  yield readFileSync(path);
  yield Buffer.from('not a picture');
  yield { width: 300, height: 200, data: new Uint8Array(300 * 200 * 3) };
}

describe('analyzer.stream in Node', () => {
  it('takes paths, bytes and pixels, and goes on after a broken file', async () => {
    const analyzer = await open();
    const results = [];
    for await (const frame of analyzer.stream(photos(), { keep: 'all' })) results.push(frame);
    await analyzer.dispose();
    expect(results.map(({ error }) => error?.code)).toEqual([undefined, undefined, 'BAD_IMAGE', undefined]);
    expect(results.map(({ faces }) => faces.map(({ track }) => track.id))).toEqual([[1], [1], [], [2]]);
    expect(results.map(({ time }) => Math.round(time))).toEqual([0, 33, 67, 100]);
    const [face] = results[1]!.faces;
    expect(face!.age.bins.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
    expect(face!.landmarks.points).toHaveLength(68);
    expect(face!.warning).toMatch('UNTRAINED');
    expect(results[3]!.pixels).toMatchObject({ width: 300, height: 200 });
  });

  it('gives unsmoothed results that equal those of single photos', async () => {
    const analyzer = await open();
    const [single] = await analyzer.analyze(path);
    for await (const { faces } of analyzer.stream([path], { smooth: false })) {
      const { track, ...face } = faces[0]!;
      expectTypeOf(track).toEqualTypeOf<FaceTrack>();
      expect(face).toEqual(single);
    }
    await analyzer.dispose();
  });

  it('types the faces by the tasks that are asked for', async () => {
    const analyzer = await open();
    for await (const { faces } of analyzer.stream([path], { only: ['age'] })) {
      const [face] = faces;
      expectTypeOf(face!.age.years).toEqualTypeOf<number>();
      // @ts-expect-error: not asked for
      expect(face.landmarks).toBeUndefined();
    }
    // @ts-expect-error: not registered
    analyzer.stream([path], { only: ['gender'] });
    // @ts-expect-error: not a picture
    analyzer.stream([7]);
    await analyzer.dispose();
  });

  it('ends when the analyzer is disposed', async () => {
    const analyzer = await open();
    const reading = (async () => {
      for await (const { index } of analyzer.stream(Array<string>(5).fill(path))) {
        expect(index).toBe(0);
        await analyzer.dispose();
      }
    })();
    const error = await reading.catch((reason: unknown) => reason);
    expect(FaceXFormerError.isInstance(error, 'DISPOSED')).toBe(true);
  });
});
