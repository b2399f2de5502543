import type { Box, Point } from '../../image/geometry.js';
import type { Color, Shape } from '../../task/draw.js';
import { expectEqual, expectThat } from '../checks/expect.js';
import { noise } from '../checks/noise.js';
import type { Promised } from './check.js';
import { decoded, exampleResults, type Subject } from './subject.js';

export const drawChecks: readonly Promised[] = [
  [
    'draws valid shapes, in or near the box for usual numbers',
    (subject) => {
      const { task, raw, crop } = subject;
      for (const result of exampleResults(subject)) drawn(subject, result).forEach(expectValid);
      for (const scale of [0, 0.5]) {
        for (const shape of drawn(subject, decoded(subject, noise(raw, scale)))) {
          const isNear = cornersOf(shape).every((corner) => isNearBox(corner, crop));
          expectThat(isNear, `task "${task.name}" draws a ${shape.kind} far from the face`);
        }
      }
    },
  ],
];

/** At least three places that move with the face. */
export const anchorChecks: readonly Promised[] = [
  [
    'states at least three anchors, in or near the box for usual numbers',
    (subject) => {
      const { task, raw, crop } = subject;
      for (const scale of [0, 0.5]) {
        const anchors = task.anchors?.(decoded(subject, noise(raw, scale))) ?? [];
        expectThat(anchors.length >= 3, `there are ${anchors.length} anchors`);
        expectThat(
          anchors.every((anchor) => isNearBox(anchor, crop)),
          'an anchor lies far from the face',
        );
      }
    },
  ],
];

/** A result's picture, in which the order of colours does not matter. */
export const pictured = (subject: Subject, result: unknown): unknown =>
  drawn(subject, result).map((shape) =>
    shape.kind === 'mask'
      ? { ...shape, colors: [], labels: Array.from(shape.labels, (label) => shape.colors[label] ?? 'clear') }
      : shape,
  );

const drawn = ({ task, crop }: Subject, result: unknown): readonly Shape[] =>
  task.draw?.(result, { box: crop }) ?? [];

function expectValid(shape: Shape): void {
  switch (shape.kind) {
    case 'label':
      expectThat(shape.text.length > 0, 'a label has no text');
      break;
    case 'points':
    case 'line':
      expectColor(shape.color);
      expectThat(shape.points.every(isFinitePoint), `a ${shape.kind} has a point that is not finite`);
      break;
    case 'mask': {
      const { columns, rows, labels, colors } = shape;
      expectEqual('size of a mask', labels.length, columns * rows);
      expectThat(cornersOf(shape).every(isFinitePoint), 'a mask has a place that is not finite');
      expectThat(
        labels.every((label) => label < colors.length),
        'a mask holds labels without a colour',
      );
      for (const color of colors) if (color !== undefined) expectColor(color);
      break;
    }
    default:
      throw new Error(`there is no shape of kind ${JSON.stringify((shape as { kind: unknown }).kind)}`);
  }
}

const expectColor = (color: Color): void =>
  expectThat(/^#[0-9a-f]{6}$/i.test(color), `"${color}" is not a colour such as #00e5ff`);

function cornersOf(shape: Shape): readonly Point[] {
  if (shape.kind === 'label') return [];
  if (shape.kind !== 'mask') return shape.points;
  const { x, y, width, height } = shape;
  return [
    { x, y },
    { x: x + width, y: y + height },
  ];
}

const isFinitePoint = ({ x, y }: Point): boolean => Number.isFinite(x) && Number.isFinite(y);

/** Within the box, or beside it by no more than its own size. */
const isNearBox = ({ x, y }: Point, box: Box): boolean =>
  Math.abs(x - box.x - box.width / 2) <= 1.5 * box.width &&
  Math.abs(y - box.y - box.height / 2) <= 1.5 * box.height;
