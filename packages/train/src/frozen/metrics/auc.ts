/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties counting half. NaN where one of
 * the two is missing.
 */
export function auc(scores: readonly number[], positive: readonly boolean[]): number {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end += 1;
    const rank = (start + 1 + end) / 2; // mean rank of equals
    for (let i = start; i < end; i += 1) {
      if (!positive[order[i]!]) continue;
      rankSum += rank;
      positives += 1;
    }
    start = end;
  }
  const negatives = scores.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
