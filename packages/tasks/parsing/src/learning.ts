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
import { checkMask, type Learning, sampleMask, transformMask, UNKNOWN_CLASS } from '@facexformer/core/task';
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
  encode(label, context) {
    const [classes] = context.raw as readonly [number, number, number];
    const cells = sampleMask('parsing', label, context, classes - 1);
    const target = new Float32Array(classes * cells.length);
    cells.forEach((value, cell) => {
      if (value !== UNKNOWN_CLASS) target[value * cells.length + cell] = 1;
    });
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
