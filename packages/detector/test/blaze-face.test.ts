import { type Box, type Detection, FaceXFormerError } from '@facexformer/core';
import { intersectionOverUnion } from '@facexformer/core/image';
import { afterAll, expect, test } from 'vitest';
import { decodeCandidates } from '../src/decode.ts';
import { blazeFace } from '../src/index.ts';
import { openNetworkPool } from '../src/network-pool.ts';
import { suppressNonMaxima } from '../src/non-maximum-suppression.ts';
import { sampleWindow } from '../src/sample.ts';
import { ASTRONAUT, astronaut, FACE, runtime, sharp } from './photo.ts';

const detector = await blazeFace()(runtime);
afterAll(() => detector.dispose());

test('finds the astronaut, her eyes and her mouth', async () => {
  const faces = await detector.detect(astronaut);
  expect(faces).toHaveLength(1);
  const { box, score, keypoints } = faces[0]!;
  expect(intersectionOverUnion(box, FACE)).toBeGreaterThan(0.8);
  expect(score).toBeGreaterThan(0.85);
  const eyesAndMouth = [keypoints![0]!, keypoints![1]!, keypoints![3]!];
  for (const [i, [x, y]] of [
    [204, 101],
    [247, 103],
    [223, 145],
  ].entries()) {
    expect(Math.hypot(eyesAndMouth[i]!.x - x!, eyesAndMouth[i]!.y - y!)).toBeLessThan(6);
  }
});

test('square boxes are as the network draws them', async () => {
  const square = await blazeFace({ boxes: 'square', smallestFace: { share: 1 / 8 } })(runtime);
  const [face] = await square.detect(astronaut);
  await square.dispose();
  expect(intersectionOverUnion(face!.box, FACE)).toBeGreaterThan(0.8);
});

test('tall boxes reach from the hair to the chin', async () => {
  const tall = await blazeFace({ boxes: 'tall', smallestFace: { share: 1 / 8 } })(runtime);
  const [face] = await tall.detect(astronaut);
  await tall.dispose();
  const { x, y, width, height } = face!.box;
  expect(Math.abs(y + height - 177)).toBeLessThan(8); // chin
  expect(y).toBeLessThan(70); // hairline at 75
  expect(Math.abs(x + width / 2 - 226)).toBeLessThan(5);
  expect(height / width).toBeCloseTo(1.38, 1);
});

test('what is found does not depend on how much of the photo an input shows', async () => {
  const networks = await openNetworkPool(runtime, { width: 512, height: 512 });
  const [whole, part] = await Promise.all(
    [
      { x: 0, y: 0, scale: 1, width: 512, height: 512 },
      { x: 64, y: 0, scale: 1, width: 320, height: 320 },
    ].map(async (window) => {
      const { width, height } = window;
      const data = new Float32Array(3 * width * height);
      sampleWindow(astronaut, window, data, 0);
      const { scores, regressions } = await networks.run({ dims: [1, 3, height, width], data }, {});
      return suppressNonMaxima(decodeCandidates(scores!.data, regressions!.data, window, 0.5))[0]!;
    }),
  );
  await networks.dispose();
  for (const edge of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs(whole!.box[edge] - part!.box[edge])).toBeLessThan(0.5);
  }
});

test('no face is an empty list', async () => {
  const gradient = { width: 300, height: 200, data: Uint8Array.from({ length: 180_000 }, (_, i) => i / 800) };
  expect(await detector.detect(gradient)).toEqual([]);
  const pixel = { width: 1, height: 1, data: Uint8Array.of(9, 9, 9) };
  expect(await detector.detect(pixel)).toEqual([]);
});

test('finds every face of a large photo, 30 to 800 pixels, turned or not, and nothing else', async () => {
  const { photo, truth } = await crowd();
  const thorough = await blazeFace({ smallestFace: { pixels: 28 } })(runtime);
  const faces = await thorough.detect(photo);
  await thorough.dispose();
  const missed = truth.filter((box) => !faces.some((face) => intersectionOverUnion(face.box, box) > 0.4));
  expect(missed).toEqual([]);
  const wrong = faces.filter(
    (face: Detection) => !truth.some((box) => intersectionOverUnion(face.box, box) > 0.4),
  );
  expect(wrong).toEqual([]);
}, 180_000);

test('an abort is heeded, bad pixels are refused', async () => {
  const aborted = detector.detect(astronaut, { signal: AbortSignal.abort() });
  await expect(aborted).rejects.toSatisfy((error) => FaceXFormerError.isInstance(error, 'ABORTED'));
  const broken = detector.detect({ width: 5, height: 5, data: new Uint8Array(7) });
  await expect(broken).rejects.toSatisfy((error) => FaceXFormerError.isInstance(error, 'BAD_IMAGE'));
});

test('a disposed detector says so; options are checked at once', async () => {
  const other = await blazeFace({ smallestFace: { share: 1 / 8 } })(runtime);
  expect(await other.detect(astronaut)).toHaveLength(1);
  await other.dispose();
  await other.dispose();
  await expect(other.detect(astronaut)).rejects.toSatisfy((error) =>
    FaceXFormerError.isInstance(error, 'DISPOSED'),
  );
  expect(() => blazeFace({ minScore: 60 })).toThrow('"minScore" must be a number between 0 and 1, not 60');
  expect(() => blazeFace({ boxes: 'constructor' as 'face' })).toThrow('"boxes"');
  expect(() => blazeFace({ smallestFace: { pixels: Number.NaN } })).toThrow(
    '"smallestFace" must be { pixels } from 1',
  );
  expect(() => blazeFace({ smallestFace: { share: 2 } })).toThrow('"smallestFace" must be { pixels } from 1');
});

/** A 4000 x 3000 photo: the astronaut's picture at many sizes and angles on a blurred copy of itself. */
async function crowd() {
  const [width, height] = [4000, 3000];
  const places: readonly (readonly [size: number, x: number, y: number, angle: number])[] = [
    [800, 200, 200, 0],
    [400, 1900, 200, 12],
    [200, 3200, 150, -20],
    [200, 3300, 900, 25],
    [120, 2100, 1300, -15],
    [120, 2600, 1300, 0],
    [80, 3000, 1500, 8],
    [60, 3300, 1600, -8],
    [60, 3600, 1600, 0],
    [45, 200, 2200, 10],
    [45, 500, 2200, -10],
    [36, 800, 2300, 0],
    [30, 1100, 2350, 0],
    [30, 1300, 2500, 6],
    [30, 1500, 2200, -6],
    [30, 3800, 2850, 0],
  ];
  const truth: Box[] = [];
  const composite = [];
  for (const [size, x, y, angle] of places) {
    const scale = size / FACE.width;
    // Face and what surrounds it, 1.9 times the face.
    const margin = Math.round(0.45 * FACE.width);
    const side = FACE.width + 2 * margin;
    const input: Buffer = await sharp(ASTRONAUT)
      .extract({ left: FACE.x - margin, top: FACE.y - Math.min(margin, FACE.y), width: side, height: side })
      .resize(Math.round(side * scale))
      .rotate(angle, { background: '#556' })
      .png()
      .toBuffer();
    const { width: turned } = await sharp(input).metadata();
    composite.push({ input, left: x, top: y });
    const center = turned / 2;
    // The face's centre within the patch is its middle, turned with it.
    const [dx, dy] = [0, (FACE.y + FACE.height / 2 - (FACE.y - Math.min(margin, FACE.y)) - side / 2) * scale];
    const radians = (angle * Math.PI) / 180;
    const [cx, cy] = [
      x + center + dx * Math.cos(radians) - dy * Math.sin(radians),
      y + center + dx * Math.sin(radians) + dy * Math.cos(radians),
    ];
    truth.push({ x: cx - size / 2, y: cy - size / 2, width: size, height: size });
  }
  const background: Buffer = await sharp(ASTRONAUT)
    .resize(width, height, { fit: 'fill' })
    .blur(60)
    .png()
    .toBuffer();
  const png: Buffer = await sharp(background).composite(composite).png({ compressionLevel: 1 }).toBuffer();
  return { photo: await runtime.decode(png), truth };
}
