import { testImage } from '@facexformer/test-utils/portable-image';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { describe, expect, it } from 'vitest';
import { createAnalyzer, FaceXFormerError, type Pixels, type Runtime, type Tensor } from '../../src/index.js';
import { codeOf, engine, open, rawTask } from './engine.js';

const photo = (seed: number): Pixels => testImage(seed, 200, 150);
const box = (x: number) => ({ x, y: 20, width: 60, height: 60 });

async function all<Result>(results: AsyncIterable<Result>): Promise<readonly Result[]> {
  const list: Result[] = [];
  for await (const result of results) list.push(result);
  return list;
}

/** Decodes numbers as photos; negative ones are broken. */
function decoding(): Runtime<Pixels | number> & { readonly batches: number[]; readonly decoded: number[] } {
  const decoded: number[] = [];
  return {
    ...engine(),
    decoded,
    async decode(image) {
      if (typeof image !== 'number') return image;
      decoded.push(image);
      if (image < 0) throw new FaceXFormerError('BAD_IMAGE', `photo ${image} is broken`);
      return photo(image);
    },
  };
}

describe('analyzeMany', () => {
  it('gives each photo the faces that it has alone, in order, and shares batches', async () => {
    const runtime = engine();
    const analyzer = await open(runtime);
    const photos = [1, 2, 3, 4, 5].map(photo);
    const results = await all(analyzer.analyzeMany(photos));
    expect(runtime.batches.length).toBeLessThan(5);
    expect(results.map(({ index, item }) => [index, item])).toEqual([...photos.entries()]);
    const ages = results.map((result) => (result.error ? [] : result.faces[0]!.age));
    for (const [i, image] of photos.entries()) {
      const [alone] = await analyzer.analyze(image);
      alone!.age.forEach((value, k) => {
        expect(ages[i]![k]).toBeCloseTo(value, 5);
      });
    }
    expect(ages[0]![0]).not.toBeCloseTo(ages[1]![0]!, 5);
  });

  it('takes boxes, exact crops and faces of choice', async () => {
    const analyzer = await open(engine(), [
      { box: box(10), score: 0.9 },
      { box: box(100), score: 0.8 },
    ]);
    const crop = { x: 5, y: 6, width: 70, height: 71 };
    const items = [
      { image: photo(1), name: 'detected' },
      { image: photo(1), name: 'given', boxes: [box(30)] },
      { image: photo(1), name: 'exact', crops: [crop] },
    ];
    const seen: number[] = [];
    const results = await all(
      analyzer.analyzeMany(items, {
        choose(faces, pixels, { name }) {
          expect(pixels.width).toBe(200);
          seen.push(faces.length);
          return name === 'detected' ? faces.slice(1) : faces;
        },
      }),
    );
    expect(seen).toEqual([2, 1, 1]);
    expect(results.map((result) => !result.error && result.faces.map((face) => face.box.x))).toEqual([
      [100],
      [30],
      [5],
    ]);
    expect(results[2]).toMatchObject({ faces: [{ crop, score: 1 }] });
    const [whole] = await all(analyzer.analyzeMany([photo(1)], { detect: false }));
    expect(whole).toMatchObject({ faces: [{ crop: { x: 0, y: 0, width: 200, height: 150 } }] });
  });

  it('narrows results, and adds raw outputs that no decoder can change', async () => {
    const analyzer = await open(engine());
    const [result] = await all(analyzer.analyzeMany([photo(1)], { only: ['gender'], raw: true }));
    expect(result!.error).toBeUndefined();
    if (result!.error) return;
    expect(result!.faces[0]).not.toHaveProperty('age');
    expect(Object.keys(result!.raw![0]!)).toEqual(['gender']);
    expect(result!.raw![0]!.gender!.dims).toEqual([2]);
    expect([...result!.raw![0]!.gender!.data]).toEqual(result!.faces[0]!.gender);
  });

  it('gives raw outputs as the network did, whatever decoders write into theirs', async () => {
    const scribble = (raw: Tensor) => raw.data.fill(7).length;
    const analyzer = await createAnalyzer({
      runtime: engine(),
      checkpoint: untrainedCheckpoint(),
      tasks: [{ ...rawTask('age', 8), decode: scribble }],
    });
    const [face] = await (await open(engine())).analyze(photo(1));
    const [result] = await all(analyzer.analyzeMany([photo(1)], { raw: true }));
    expect([...result!.raw![0]!.age!.data]).toEqual(face!.age);
    expect([...(await analyzer.analyzeRaw(photo(1))).raw.age!.data]).toEqual(face!.age);
  });

  it('lets a broken photo cost its own result only', async () => {
    const analyzer = await open(decoding());
    const done: number[] = [];
    const options = { onProgress: (count: number) => done.push(count) };
    const results = await all(analyzer.analyzeMany([1, -1, 2], options));
    expect(results.map(({ error }) => error?.code)).toEqual([undefined, 'BAD_IMAGE', undefined]);
    expect(results.map(({ item }) => item)).toEqual([1, -1, 2]);
    expect(done).toEqual([1, 2, 3]);
    const outside = await all(analyzer.analyzeMany([{ image: 1, boxes: [box(900)] }]));
    expect(outside[0]!.error?.code).toBe('BAD_OPTION');
  });

  it('decodes no further ahead than it may', async () => {
    const runtime = decoding();
    const analyzer = await open(runtime);
    const results = analyzer.analyzeMany([1, 2, 3, 4, 5, 6], { ahead: 2 });
    await results.next();
    expect(runtime.decoded.length).toBeLessThanOrEqual(3);
    await results.return();
    expect(runtime.decoded.length).toBeLessThanOrEqual(3);
  });

  it('ends with errors of the caller and of the engine', async () => {
    const analyzer = await open(engine());
    const run = (options: object) => all(analyzer.analyzeMany([photo(1)], options));
    expect(await codeOf(run({ only: ['mood'] }))).toBe('UNKNOWN_TASK');
    expect(await codeOf(run({ ahead: 0 }))).toBe('BAD_OPTION');
    expect(await codeOf(run({ signal: { aborted: true } }))).toBe('ABORTED');
    expect(await codeOf(all(analyzer.analyzeMany('photo.jpg' as unknown as Pixels[])))).toBe('BAD_OPTION');
    const results = analyzer.analyzeMany([photo(1), photo(2)], { ahead: 1 });
    await results.next();
    await analyzer.dispose();
    expect(await codeOf(results.next())).toBe('DISPOSED');
    expect(await codeOf(run({}))).toBe('DISPOSED');
  });
});
