import { matMul, reduceSum, reshape, sizeOf, type Value } from '@facexformer/core/graph';
import { dimsOf, type Rule, sumTo } from './rule.js';

/** [..., C] -> [rows, C] */
function flatRows(x: Value): Value {
  const dims = dimsOf(x);
  const width = dims.at(-1)!;
  return reshape(x, [sizeOf(dims.slice(0, -1)), width]);
}

export const linearRule: Rule<'linear'> = ({ inputs }, upstream, wanted) => {
  const [x, weight, bias] = inputs as [Value, Value, Value?];
  const rows = flatRows(upstream); // [rows, O]
  return [
    wanted(0) ? reshape(matMul(rows, weight), x.shape) : undefined,
    wanted(1) ? matMul(rows, flatRows(x), { transposeA: true }) : undefined, // [O, I]
    bias && wanted(2) ? reduceSum(rows, [0]) : undefined,
  ];
};

export const matMulRule: Rule<'matMul'> = ({ inputs, transposeA, transposeB }, upstream, wanted) => {
  const [a, b] = inputs as [Value, Value];
  const left = (): Value =>
    transposeA
      ? matMul(b, upstream, { transposeA: transposeB, transposeB: true })
      : matMul(upstream, b, { transposeB: !transposeB });
  const right = (): Value => {
    if (b.shape.length === 2 && !transposeA) {
      const [x, g] = [flatRows(a), flatRows(upstream)]; // one product instead of one per leading index
      return transposeB ? matMul(g, x, { transposeA: true }) : matMul(x, g, { transposeA: true });
    }
    return transposeB
      ? matMul(upstream, a, { transposeA: true, transposeB: transposeA })
      : matMul(a, upstream, { transposeA: !transposeA });
  };
  return [wanted(0) ? sumTo(left(), a) : undefined, wanted(1) ? sumTo(right(), b) : undefined];
};
