import { testImage } from '@facexformer/test-utils/portable-image';
import { untrainedCheckpoint } from '@facexformer/test-utils/untrained';
import { expect, it } from 'vitest';
import { resizeBicubic } from '../../src/image/resize.js';
import { createAnalyzer, type Detection, type Pixels, type Size } from '../../src/index.js';
import type { DecodedPhoto } from '../../src/runtime/runtime.js';
import { codeOf, engine, rawTask } from './engine.js';

const PHOTO = testImage(3, 1200, 800);
const SMALL = resizeBicubic(PHOTO, { width: 300, height: 200 });
const detection: Detection = {
  box: { x: 60, y: 50, width: 80, height: 80 },
  roll: 3,
  score: 0.9,
  keypoints: [{ x: 9.5, y: 19.5 }],
};

/** An analyzer whose photos are decoded to a quarter where that is enough; `sizes` are those that were decoded. */
async function openReducing(found: Detection, reducedFrom: Size = { width: 1200, height: 800 }) {
  const sizes: number[] = [];
  const small: DecodedPhoto = { ...SMALL, reducedFrom };
  const runtime = {
    ...engine(),
    async decode(image: Pixels | string, { enough }: { readonly enough?: number | undefined } = {}) {
      if (typeof image !== 'string') return image;
      sizes.push(enough === 250 ? 300 : 1200);
      return enough === 250 ? small : PHOTO;
    },
  };
  const detect = async ({ width }: Size) => {
    sizes.push(-width);
    return [found];
  };
  const analyzer = await createAnalyzer({
    runtime,
    checkpoint: untrainedCheckpoint(),
    tasks: [rawTask('age', 8)],
    detector: async () => ({ enough: 250, detect, dispose: async () => undefined }),
  });
  return { analyzer, sizes };
}

it('a photo is decoded as small as its detector needs it, and places are those of the photo', async () => {
  const { analyzer, sizes } = await openReducing(detection);
  const [face] = await analyzer.analyze('photo.jpg');
  expect(sizes).toEqual([300, -300]);
  expect(face!.box).toEqual({ x: 240, y: 200, width: 320, height: 320 });
  expect(face!.keypoints).toEqual([{ x: 39.5, y: 79.5 }]);
  const small = await analyzer.analyze(SMALL, { boxes: [detection.box] });
  const { x, y, width, height } = small[0]!.crop;
  expect(face!.crop).toEqual({ x: 4 * x, y: 4 * y, width: 4 * width, height: 4 * height });
  expect(face!.age).toEqual(small[0]!.age);
});

it('it is decoded whole for a face of which the small one has fewer pixels than the network is shown', async () => {
  const { width } = untrainedCheckpoint().info.model.input;
  const side = width / 2;
  const { analyzer, sizes } = await openReducing({
    ...detection,
    box: { x: 60, y: 50, width: side, height: side },
  });
  const [face] = await analyzer.analyze('photo.jpg');
  expect(sizes).toEqual([300, -300, 1200]);
  expect(face!.box).toEqual({ x: 240, y: 200, width: 4 * side, height: 4 * side });
  const item = { image: PHOTO, crops: [face!.crop] };
  for await (const { faces } of analyzer.analyzeMany([item])) expect(faces![0]!.age).toEqual(face!.age);
});

it('it is decoded whole for whoever names places in it, or wants to see it', async () => {
  const { analyzer, sizes } = await openReducing(detection);
  await analyzer.analyze('photo.jpg', { boxes: [detection.box] });
  await analyzer.analyze('photo.jpg', { detect: false });
  for await (const { pixels } of analyzer.analyzeMany(['photo.jpg'], { pixels: true }))
    expect(pixels).toBe(PHOTO);
  for await (const { size } of analyzer.analyzeMany(['photo.jpg'], { choose: (faces) => faces })) {
    expect(size).toEqual({ width: 1200, height: 800 });
  }
  expect(sizes.filter((width) => width > 0)).toEqual([1200, 1200, 1200, 1200]);
  for await (const { size, pixels } of analyzer.analyzeMany(['photo.jpg'])) {
    expect({ size, pixels }).toEqual({ size: { width: 1200, height: 800 }, pixels: undefined });
  }
  expect(sizes.at(-2)).toBe(300);
});

it('a detector that is content with an impossible size is named', async () => {
  const runtime = engine();
  const detector = async () => ({
    enough: -1,
    detect: async () => [detection],
    dispose: async () => undefined,
  });
  const options = { runtime, checkpoint: untrainedCheckpoint(), tasks: [rawTask('age', 8)], detector };
  expect(await codeOf(createAnalyzer(options))).toBe('RUNTIME');
});

it('a runtime that states an impossible size is named', async () => {
  const { analyzer } = await openReducing(detection, { width: 0, height: 800 });
  expect(await codeOf(analyzer.analyze('photo.jpg'))).toBe('RUNTIME');
});
