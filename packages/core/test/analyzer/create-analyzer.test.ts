import { testImage } from '@facexformer/test-utils/portable-image';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { describe, expect, it } from 'vitest';
import { createAnalyzer, defineTask } from '../../src/index.js';
import { codeOf, engine, open, rawTask } from './engine.js';

const photo = testImage(3, 200, 150);
const box = (x: number, size = 60) => ({ x, y: 20, width: size, height: size });

describe('createAnalyzer', () => {
  it('analyses detected faces in one batch and says that the weights are untrained', async () => {
    const runtime = engine();
    const analyzer = await open(runtime, [
      { box: box(10), score: 0.9 },
      { box: box(100), score: 0.8 },
    ]);
    const faces = await analyzer.analyze(photo);
    expect(runtime.batches).toEqual([2]);
    expect(faces.map(({ score }) => score)).toEqual([0.9, 0.8]);
    expect(faces[0]!.age).toHaveLength(8);
    expect(faces[0]!.crop).toEqual({ x: -8, y: 2, width: 96, height: 96 });
    expect(faces[0]!.warning).toContain('UNTRAINED');
  });

  it('gives a face the same numbers alone and among others, also across batches', async () => {
    const runtime = engine();
    const analyzer = await open(runtime);
    const boxes = Array.from({ length: 11 }, (_, i) => box(10 * i, 50 + i));
    const together = await analyzer.analyze(photo, { boxes });
    expect(runtime.batches).toEqual([8, 3]);
    const [alone] = await analyzer.analyze(photo, { boxes: [boxes[9]!] });
    alone!.age.forEach((value, i) => {
      expect(together[9]!.age[i]).toBeCloseTo(value, 5);
    });
    expect(together[9]!.age[0]).not.toBeCloseTo(together[8]!.age[0]!, 5);
  });

  it('takes the whole photo without a detector, and nothing where none finds a face', async () => {
    const [whole] = await (await open(engine())).analyze(photo);
    expect(whole!.crop).toEqual({ x: 0, y: 0, width: 200, height: 150 });
    const found = await open(engine(), []);
    expect(await found.analyze(photo)).toEqual([]);
    expect(await found.analyze(photo, { detect: false })).toHaveLength(1);
  });

  it('warms up with one blank picture', async () => {
    const runtime = engine();
    await (await open(runtime)).warmUp();
    expect(runtime.batches).toEqual([1]);
  });

  it('decodes only what is asked for', async () => {
    const [face] = await (await open(engine())).analyze(photo, { only: ['gender'] });
    expect(face!.gender).toHaveLength(2);
    expect(face).not.toHaveProperty('age');
    const { raw } = await (await open(engine())).analyzeRaw(photo);
    expect(raw.age!.dims).toEqual([1, 8]);
  });

  it('refuses tasks that the model does not have, boxes that make no sense, aborted and late calls', async () => {
    const checkpoint = untrainedCheckpoint();
    const mood = defineTask({ ...rawTask('age', 8), name: 'mood', decode: () => 0 });
    expect(await codeOf(createAnalyzer({ runtime: engine(), checkpoint, tasks: [mood] }))).toBe(
      'UNKNOWN_TASK',
    );
    const twice = [rawTask('age', 8), rawTask('age', 8)];
    expect(await codeOf(createAnalyzer({ runtime: engine(), checkpoint, tasks: twice }))).toBe(
      'DUPLICATE_TASK',
    );
    const analyzer = await open(engine());
    expect(await codeOf(analyzer.analyze(photo, { boxes: [box(500)] }))).toBe('BAD_OPTION');
    expect(await codeOf(analyzer.analyze(photo, { only: ['mood' as 'age'] }))).toBe('UNKNOWN_TASK');
    expect(await codeOf(analyzer.analyze(photo, { signal: { aborted: true } }))).toBe('ABORTED');
    await analyzer.dispose();
    await analyzer.dispose();
    expect(await codeOf(analyzer.analyze(photo))).toBe('DISPOSED');
  });
});
