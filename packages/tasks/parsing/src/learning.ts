import { FaceXFormerError } from '@facexformer/core';
import {
  add,
  div,
  exp,
  expand,
  log,
  maximum,
  minimum,
  mul,
  reduceMean,
  reduceSum,
  reshape,
  scalar,
  sub,
  type Value,
} from '@facexformer/core/graph';
import { checkMask, type Learning, transformMask, UNKNOWN_CLASS } from '@facexformer/core/task';
import { vocabulary } from './vocabulary.js';

/** Logits are cut here before the exponential, far above what a trained network says. */
const LARGEST = 60;

const NAMES: readonly string[] = vocabulary.labels;

/** Each class's number in a mirrored face: brows and eyes change sides. */
export const MIRRORED_CLASSES: readonly number[] = NAMES.map((name) => {
  const other = name.replace(/Left$|Right$/, (side) => (side === 'Left' ? 'Right' : 'Left'));
  return NAMES.indexOf(other);
});

/**
 * Labels are masks whose numbers are places in the vocabulary, 0 being background, and 255 where the class is unknown.
 * The target is one-hot, all zero where unknown.
 */
export const learning: Learning = {
  loss: parsingLoss,
  encode(label, { crop, raw }) {
    const { width, height, data } = checkMask('parsing', label);
    const [classes, rows, columns] = raw as readonly [number, number, number];
    const target = new Float32Array(classes * rows * columns);
    for (let row = 0; row < rows; row += 1) {
      const y = Math.floor(crop.y + ((row + 0.5) * crop.height) / rows);
      for (let column = 0; column < columns; column += 1) {
        const x = Math.floor(crop.x + ((column + 0.5) * crop.width) / columns);
        const inside = x >= 0 && y >= 0 && x < width && y < height;
        const value = inside ? data[y * width + x]! : UNKNOWN_CLASS;
        if (value === UNKNOWN_CLASS) continue;
        if (value >= classes) {
          throw new FaceXFormerError(
            'BAD_OPTION',
            `a mask of task "parsing" may hold 0 to ${classes - 1}, and 255`,
          );
        }
        target[(value * rows + row) * columns + column] = 1;
      }
    }
    return target;
  },
  transform(label, view) {
    const moved = transformMask(checkMask('parsing', label), view);
    if (!view.mirrored) return moved;
    return { ...moved, data: moved.data.map((value) => MIRRORED_CLASSES[value] ?? value) };
  },
  dense: true,
};

/**
 * Paper: mean of Dice and cross-entropy over the pixels whose class is known. Both are those of the whole batch, in
 * which small classes are seen at all, so that every face gets the same loss [B].
 * @param raw logits [B, classes, H, W]
 * @param target one-hot, all zero where unknown
 */
export function parsingLoss(raw: Value, target: Value): Value {
  const cut = minimum(raw, LARGEST);
  const powers = exp(cut);
  const sums = reduceSum(powers, [1], true);
  const known = reduceSum(target, [1], true); // [B, 1, H, W]
  const count = maximum(reduceSum(known, [0, 1, 2, 3]), 1);
  const truth = reduceSum(mul(target, sub(log(sums), cut)), [0, 1, 2, 3]);
  const shares = mul(powers, div(known, sums));
  const overlap = reduceSum(mul(shares, target), [0, 2, 3]); // [classes]
  const sizes = add(reduceSum(shares, [0, 2, 3]), reduceSum(target, [0, 2, 3]));
  const dice = sub(scalar(1), div(add(mul(overlap, 2), 1), add(sizes, 1)));
  const loss = mul(add(div(truth, count), reduceMean(dice, [0])), 0.5);
  return expand(reshape(loss, [1]), [raw.shape[0]!]);
}
