import { type Initial, sizeOf } from '@facexformer/core/graph';
import { normal, random } from '@facexformer/statistics';

/** Start values of a parameter, which depend on its name and the seed alone. */
export function initialValues(
  {
    name,
    shape,
    initial: { start },
  }: { readonly name: string; readonly shape: readonly number[]; readonly initial: Initial },
  seed: number,
): Float32Array {
  const values = new Float32Array(sizeOf(shape));
  if (typeof start === 'number') return values.fill(start);
  const draw = random(seed, hash(name));
  return values.map(() => normal(draw) * start.deviation);
}

const hash = (text: string): number => {
  let sum = 7;
  for (let i = 0; i < text.length; i += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return sum;
};
