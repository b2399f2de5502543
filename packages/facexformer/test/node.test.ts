import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { miniModel } from '@facexformer/model-mini';
import { fixturePath } from '@facexformer/test-utils/load';
import {
  age,
  bytesSource,
  type FaceAnalyzerOptions,
  type FaceXFormerError,
  landmarks,
  modelSource,
  openCheckpoint,
  openFaceAnalyzer,
  type Task,
} from 'facexformer';
import { describe, expect, it } from 'vitest';

const photo = fixturePath('astronaut.png');
const code = (expected: FaceXFormerError['code']) => expect.objectContaining({ code: expected });

/** The weights, and whether they were closed. */
async function countedCheckpoint() {
  const { read, size } = bytesSource(await readFile(fileURLToPath(miniModel)));
  let closed = 0;
  const close = async () => {
    closed += 1;
  };
  return { checkpoint: await openCheckpoint({ read, size, close }), closed: () => closed };
}

describe('openFaceAnalyzer in Node', () => {
  it('answers all nine tasks without an option', async () => {
    await using analyzer = await openFaceAnalyzer();
    const faces = await analyzer.analyze(photo);
    expect(faces).toHaveLength(1);
    const [{ age, expression, race, visibility }] = faces as [(typeof faces)[number]];
    expect([age.years, expression.label, race.label, visibility.visibleShare]).not.toContain(undefined);
    expect(analyzer.provenance.name).toBe('mini');
  });

  it('takes tasks, a checkpoint by file: URL, no detector, and a photo as a Blob', async () => {
    await using analyzer = await openFaceAnalyzer({
      tasks: [age(), landmarks()],
      checkpoint: miniModel,
      detector: false,
      device: 'cpu',
      threads: 1,
    });
    const [face] = await analyzer.analyze(new Blob([await readFile(photo)]));
    expect(face?.landmarks.points).toHaveLength(68);
    expect(face?.box).toEqual({ x: 0, y: 0, width: 512, height: 512 });
    expect(face).not.toHaveProperty('gender');
  });

  it.each<[FaceXFormerError['code'], FaceAnalyzerOptions<readonly Task[]>]>([
    ['BAD_OPTION', { device: 'wasm' }],
    ['BAD_OPTION', { threads: -1 }],
    ['DUPLICATE_TASK', { tasks: [age(), age()] }],
    ['ABORTED', { signal: AbortSignal.abort() }],
  ])('closes the checkpoint when it fails with %s', async (expected, options) => {
    const { checkpoint, closed } = await countedCheckpoint();
    await expect(openFaceAnalyzer({ ...options, checkpoint })).rejects.toEqual(code(expected));
    expect(closed()).toBeGreaterThan(0);
  });

  it('says that a file is missing, or no checkpoint', async () => {
    await expect(openFaceAnalyzer({ checkpoint: '/none.safetensors' })).rejects.toEqual(code('NOT_FOUND'));
    await expect(openFaceAnalyzer({ checkpoint: photo })).rejects.toEqual(code('BAD_CHECKPOINT'));
  });

  it('opens a file of weights', async () => {
    const source = await modelSource(miniModel);
    expect((await openCheckpoint(source)).info.provenance.name).toBe('mini');
    await source.close?.();
  });
});
