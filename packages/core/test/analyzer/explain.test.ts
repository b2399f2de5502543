import { noise } from '@facexformer/test-utils/engine';
import { testImage } from '@facexformer/test-utils/portable-image';
import { describe, expect, it } from 'vitest';
import { OFFICIAL_VOCABULARIES } from '../../src/checkpoint/official-vocabularies.js';
import { evaluator } from '../../src/graph/evaluate/evaluate.js';
import { exportOnnx } from '../../src/graph/lower/export.js';
import { attention, constant } from '../../src/graph/ops.js';
import { classify, createAnalyzer, drawAttention, FaceXFormerError, plugin } from '../../src/index.js';
import { buildModel } from '../../src/model/build.js';
import { watchAttention } from '../../src/model/watch.js';
import { base, pluginWeights } from '../plugin/support.js';
import { engine } from './engine.js';

const glasses = classify('glasses', { id: 'glasses@1', labels: ['none', 'sun'] }, { tokens: 2 });
const gender = classify('gender', OFFICIAL_VOCABULARIES.gender);
const photo = testImage(3, 200, 150);
const tasks = [gender, plugin(glasses, pluginWeights(glasses))] as const;
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('explain', () => {
  it('says where each task looked, in shares of the face and of the tasks', async () => {
    const analyzer = await createAnalyzer({ runtime: engine(), checkpoint: base(), tasks });
    const boxes = [
      { x: 10, y: 10, width: 60, height: 60 },
      { x: 90, y: 40, width: 80, height: 80 },
    ];
    const [first, second] = await analyzer.explain(photo, { boxes });
    const { gender: ofGender, glasses: ofGlasses } = first!.attention;
    for (const { face, tasks: shares, columns, rows, crop } of [
      ofGender,
      ofGlasses,
      second!.attention.glasses,
    ]) {
      expect(face).toHaveLength(columns * rows);
      expect(sum(face)).toBeCloseTo(1, 4);
      expect(sum(Object.values(shares))).toBeCloseTo(1, 4);
      expect(crop.width).toBeGreaterThan(0);
    }
    expect(Object.keys(ofGender.tasks)).toEqual(base().info.model.tasks.map(({ name }) => name));
    expect(ofGlasses.tasks.glasses).toBeGreaterThan(0);
    expect(ofGender.tasks).not.toHaveProperty('glasses'); // base tokens do not read plug-ins
    expect(second!.attention.glasses.face).not.toEqual(ofGlasses.face);
    const [only] = await analyzer.explain(photo, { boxes: [boxes[1]!], only: ['glasses'] });
    expect(Object.keys(only!.attention)).toEqual(['glasses']);
    only!.attention.glasses.face.forEach((share, i) => {
      expect(share).toBeCloseTo(second!.attention.glasses.face[i]!, 5);
    });
    await analyzer.dispose();
  });

  it('leaves its opening to the next call when one is aborted', async () => {
    const runtime = engine();
    const open: typeof runtime.open = async (build, options) => {
      if (options?.signal?.aborted) throw new FaceXFormerError('ABORTED', 'aborted');
      return runtime.open(build, options);
    };
    const analyzer = await createAnalyzer({ runtime: { ...runtime, open }, checkpoint: base(), tasks });
    const signal = { aborted: false };
    const [aborted, other] = [analyzer.explain(photo, { signal }), analyzer.explain(photo)];
    signal.aborted = true;
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    expect(await other).toHaveLength(1);
    await analyzer.dispose();
  });

  it('costs nothing while it is off: the same file, byte by byte', async () => {
    const { model, vocabularies } = base().info;
    const file = async (explain: boolean) => {
      const { outputs } = buildModel(model, { tasks: [gender], vocabularies, explain });
      return (await exportOnnx({ outputs, parameters: base(), target: 'cpu' })).bytes;
    };
    expect(Buffer.from(await file(true)).equals(Buffer.from(await file(false)))).toBe(true);
    expect(buildModel(model, { tasks: [gender] }).attention).toBeUndefined();
  });

  it('reads the weights with which an attention mixes its values', () => {
    const size = 6;
    const eye = Float32Array.from({ length: size * size }, (_, i) => Number(i % (size + 1) === 0));
    const [q, k, v] = [
      constant([1, 3, size], noise(18, 1)),
      constant([1, size, size], noise(36, 2)),
      constant([1, size, size], eye),
    ];
    const watching = watchAttention({ dim: size, heads: 1, mlpDim: 1, depth: 1 });
    watching.watch.tokens(q, k);
    watching.watch.face(constant([1, 1, 3], noise(3, 3)), constant([1, 2, 3], noise(6, 4)));
    const evaluate = evaluator({});
    const mixed = evaluate(attention(q, k, v, { heads: 1 })).data; // the values are unit vectors: the mix is the weights
    evaluate(watching.values().tokens).data.forEach((weight, i) => {
      expect(weight).toBeCloseTo(mixed[i]!, 6);
    });
  });

  it('draws the map in steps, most where most was looked at', () => {
    const map = { crop: { x: 1, y: 2, width: 4, height: 2 }, columns: 4, rows: 1, tasks: {} };
    const [shape] = drawAttention({ ...map, face: Float32Array.of(0, 0.12, 0.3, 0.6) });
    expect(shape).toMatchObject({ kind: 'mask', x: 1, y: 2, columns: 4, rows: 1 });
    expect(shape?.kind === 'mask' && [...shape.labels]).toEqual([0, 1, 3, 5]);
    expect(() => drawAttention({ ...map, face: new Float32Array(3) })).toThrow('4 x 1');
  });
});
