import { unknownLabel } from './labels.js';
import { type Metrics, share, type Verdict } from './metrics.js';

/**
 * Judges places in a space of likeness: `<task>.nearest` is the share of faces that are more like the mean of the other
 * faces with their label than like that of any other label. Faces that are alone with their label do not count.
 */
export const judgeEmbedding = (task: string): Metrics<readonly number[]> => ({
  headlines: [
    { figure: `${task}.nearest`, title: `${task}, nearest label right`, unit: 'share', better: 'higher' },
  ],
  judge({ result }, label) {
    if (typeof label !== 'string' && typeof label !== 'number')
      throw unknownLabel(task, label, 'it needs text');
    return { sums: Float64Array.from(result), label: String(label) };
  },
  figures(verdicts) {
    const sums = sumsByLabel(verdicts);
    const copies = new Map<Verdict, number>();
    for (const verdict of verdicts) copies.set(verdict, (copies.get(verdict) ?? 0) + 1);
    let [right, n] = [0, 0];
    for (const verdict of verdicts) {
      const [own, nearest] = likeness(verdict, copies.get(verdict)!, sums);
      if (own === undefined || nearest === undefined) continue;
      n += 1;
      right += Number(own > nearest);
    }
    return share(`${task}.nearest`, right, n);
  },
});

function sumsByLabel(verdicts: readonly Verdict[]): ReadonlyMap<string, Float64Array> {
  const sums = new Map<string, Float64Array>();
  for (const { sums: vector, label = '' } of verdicts) {
    const sum = sums.get(label);
    if (sum) for (let i = 0; i < vector.length; i += 1) sum[i]! += vector[i]!;
    else sums.set(label, vector.slice());
  }
  return sums;
}

/**
 * How like a face is to the mean direction of its own label, itself left out, and to the nearest of the other labels'.
 * @param copies how often it was drawn by a bootstrap
 */
function likeness(
  { sums: vector, label = '' }: Verdict,
  copies: number,
  sums: ReadonlyMap<string, Float64Array>,
): readonly [own: number | undefined, nearest: number | undefined] {
  let own: number | undefined;
  let nearest: number | undefined;
  for (const [other, sum] of sums) {
    const mean = other === label ? sum.map((value, i) => value - copies * vector[i]!) : sum;
    const length = Math.hypot(...mean);
    if (other === label && length < 1e-9) continue;
    const cosine = mean.reduce((all, value, i) => all + value * vector[i]!, 0) / (length || 1);
    if (other === label) own = cosine;
    else nearest = Math.max(nearest ?? cosine, cosine);
  }
  return [own, nearest];
}
