import { expect, test } from 'vitest';
import { faceBox } from '../src/face-box.ts';

/** A frontal face in a box of 100 pixels: medians of the network's own keypoints. */
const frontal = {
  box: { x: 100, y: 50, width: 100, height: 100 },
  score: 1,
  keypoints: [
    { x: 132, y: 85 },
    { x: 168, y: 85 },
    { x: 150, y: 106 },
    { x: 150, y: 126 },
    { x: 113, y: 93 },
    { x: 187, y: 93 },
  ],
};
const middle = ({ x, y, width, height }: ReturnType<typeof faceBox>) =>
  [x + width / 2, y + height / 2] as const;

test('a frontal face stays roughly where it is', () => {
  const box = faceBox(frontal);
  expect(box.width).toBe(box.height);
  expect(box.width).toBeGreaterThan(85);
  expect(box.width).toBeLessThan(115);
  const [x, y] = middle(box);
  expect(x).toBeCloseTo(150, 5);
  expect(Math.abs(y - 100)).toBeLessThan(8);
});

test('a turned face is followed away from the back of the head', () => {
  const turned = { ...frontal, keypoints: frontal.keypoints.map(({ x, y }) => ({ x: x - 12, y })) };
  expect(middle(faceBox(turned))[0]).toBeCloseTo(150 - 0.61 * 12, 5);
});

test('turns and scales with the picture', () => {
  const [sin, cos, scale] = [0.6, 0.8, 3];
  const move = ({ x, y }: { readonly x: number; readonly y: number }) => ({
    x: scale * (cos * (x - 150) - sin * (y - 100)),
    y: scale * (sin * (x - 150) + cos * (y - 100)),
  });
  const face = { ...frontal, keypoints: frontal.keypoints.map(({ x, y }) => ({ x: x - 5, y: y + 2 })) };
  const moved = {
    ...face,
    box: { x: -150, y: -150, width: 300, height: 300 },
    keypoints: face.keypoints.map(move),
  };
  const [box, other] = [faceBox(face), faceBox(moved)];
  const [x, y] = middle(box);
  const expected = move({ x, y });
  expect(other.width).toBeCloseTo(scale * box.width, 5);
  expect(middle(other)[0]).toBeCloseTo(expected.x, 5);
  expect(middle(other)[1]).toBeCloseTo(expected.y, 5);
});

test('nonsensical keypoints cannot carry the box away', () => {
  for (const far of [-1e6, 0, 1e6]) {
    const odd = { ...frontal, keypoints: frontal.keypoints.map((_, i) => ({ x: far * i, y: -far })) };
    const box = faceBox(odd);
    expect(box.width).toBeGreaterThan(70);
    expect(box.width).toBeLessThan(145);
    expect(Math.hypot(middle(box)[0] - 150, middle(box)[1] - 100)).toBeLessThan(40);
  }
});
