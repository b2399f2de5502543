/** L2 penalties to choose from, by five-fold cross-validation. */
const PENALTIES = [0.001, 0.01, 0.1, 1];

/**
 * Logistic regression on standardised features, by gradient descent with momentum; its penalty is the one of the best
 * five-fold cross-validation.
 * @returns the logit of class 1
 */
export function logisticRegression(
  rows: readonly (readonly number[])[],
  truth: readonly number[],
): (row: readonly number[]) => number {
  const width = rows[0]!.length;
  const means = Array.from(
    { length: width },
    (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length,
  );
  const spreads = means.map(
    (mean, i) => Math.sqrt(rows.reduce((sum, row) => sum + (row[i]! - mean) ** 2, 0) / rows.length) || 1,
  );
  const scale = (row: readonly number[]): readonly number[] =>
    row.map((value, i) => (value - means[i]!) / spreads[i]!);
  const scaled = rows.map(scale);
  const score = (weights: Float64Array, row: readonly number[]): number =>
    row.reduce((sum, value, i) => sum + value * weights[i]!, weights[width]!);

  const solve = (indices: readonly number[], penalty: number): Float64Array => {
    const weights = new Float64Array(width + 1);
    const speed = new Float64Array(width + 1);
    for (let step = 0; step < 300; step += 1) {
      const gradient = weights.map((weight, i) => (i < width ? penalty * weight : 0));
      for (const index of indices) {
        const row = scaled[index]!;
        const error = (1 / (1 + Math.exp(-score(weights, row))) - truth[index]!) / indices.length;
        for (let i = 0; i < width; i += 1) gradient[i]! += error * row[i]!;
        gradient[width]! += error;
      }
      for (let i = 0; i <= width; i += 1) {
        speed[i] = 0.9 * speed[i]! - 0.05 * gradient[i]!;
        weights[i]! += speed[i]!;
      }
    }
    return weights;
  };

  const all = rows.map((_, i) => i);
  const accuracy = (penalty: number): number =>
    [0, 1, 2, 3, 4].reduce((sum, fold) => {
      const weights = solve(
        all.filter((i) => i % 5 !== fold),
        penalty,
      );
      const held = all.filter((i) => i % 5 === fold);
      return sum + held.filter((i) => score(weights, scaled[i]!) > 0 === (truth[i] === 1)).length;
    }, 0);
  const best = PENALTIES.map((penalty) => ({ penalty, right: accuracy(penalty) })).sort(
    (a, b) => b.right - a.right,
  )[0]!;
  const weights = solve(all, best.penalty);
  return (row) => score(weights, scale(row));
}
