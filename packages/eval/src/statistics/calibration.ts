import { argmaxOf, sigmoidOf, softmaxOf, type Verdict } from '@facexformer/core/task';

/** One decision of a head: how sure it was, and whether it was right. */
interface Decision {
  readonly confidence: number;
  readonly right: boolean;
}

/** What a head said of one face: its logits, and the truth. */
export type Choice = Required<Pick<Verdict, 'logits' | 'target'>>;

/** The verdicts that calibration can use. */
export const choicesOf = (verdicts: readonly Verdict[]): readonly Choice[] =>
  verdicts.flatMap(({ logits, target }) => (logits && target !== undefined ? [{ logits, target }] : []));

/** Decisions at a temperature: one a face, or one a question where the head answers several independent ones. */
export function decisionsOf(choices: readonly Choice[], temperature: number): readonly Decision[] {
  return choices.flatMap(({ logits, target }): Decision[] => {
    if (typeof target === 'number') {
      const label = argmaxOf(logits);
      return [{ confidence: softmaxOf(logits.map((x) => x / temperature))[label]!, right: label === target }];
    }
    return target.map((truth, i) => {
      const logit = logits[i]!;
      return { confidence: sigmoidOf(Math.abs(logit) / temperature), right: logit >= 0 === truth > 0 };
    });
  });
}

/** A bin of a reliability diagram. */
export interface ReliabilityBin {
  readonly count: number;
  /** Means over the bin; 0 when it is empty. */
  readonly confidence: number;
  readonly accuracy: number;
}

const BINS = 15;

/** Decisions by confidence in equal bins over 0..1; the upper edge belongs to the bin. */
export function reliability(decisions: readonly Decision[]): readonly ReliabilityBin[] {
  const sums = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { confidence, right } of decisions) {
    const bin = sums[Math.min(Math.max(Math.ceil(confidence * BINS) - 1, 0), BINS - 1)]!;
    bin.count += 1;
    bin.confidence += confidence;
    bin.right += Number(right);
  }
  return sums.map(({ count, confidence, right }) => ({
    count,
    confidence: count && confidence / count,
    accuracy: count && right / count,
  }));
}

/** Expected calibration error: mean distance of confidence and accuracy over the bins, weighted by their counts. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const gaps = bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.confidence - bin.accuracy), 0);
  return total > 0 ? gaps / total : 0;
}

/** Mean negative log-likelihood of the truth at a temperature. */
export function negativeLogLikelihood(choices: readonly Choice[], temperature: number): number {
  let [sum, count] = [0, 0];
  for (const { logits, target } of choices) {
    if (typeof target === 'number') {
      const top = logits.reduce((a, b) => Math.max(a, b));
      const powers = logits.reduce((all, x) => all + Math.exp((x - top) / temperature), 0);
      sum += Math.log(powers) - (logits[target]! - top) / temperature;
      count += 1;
    } else {
      for (const [i, truth] of target.entries()) {
        const margin = ((truth > 0 ? 1 : -1) * logits[i]!) / temperature;
        sum += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
        count += 1;
      }
    }
  }
  return count > 0 ? sum / count : 0;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Temperatures are sought between these, on a logarithmic scale; the likelihood has one peak in 1 / temperature. */
const [COLDEST, HOTTEST] = [0.05, 20];
const STEPS = 40;

/** The temperature of the least {@link negativeLogLikelihood}, by golden section. */
export function fitTemperature(choices: readonly Choice[]): number {
  const loss = (x: number): number => negativeLogLikelihood(choices, Math.exp(x));
  let [low, high] = [Math.log(COLDEST), Math.log(HOTTEST)];
  let [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
  let [lossA, lossB] = [loss(a), loss(b)];
  for (let step = 0; step < STEPS; step += 1) {
    if (lossA < lossB) {
      [high, b, lossB] = [b, a, lossA];
      a = high - GOLDEN * (high - low);
      lossA = loss(a);
    } else {
      [low, a, lossA] = [a, b, lossB];
      b = low + GOLDEN * (high - low);
      lossB = loss(b);
    }
  }
  return Math.exp((low + high) / 2);
}

/** How well a head's probabilities tell how often it is right. */
export interface Trust {
  /** Expected calibration error over 15 bins, 0..1. */
  readonly error: number;
  readonly negativeLogLikelihood: number;
  readonly bins: readonly ReliabilityBin[];
}

/** A head before and after its logits are divided by one temperature. */
export interface Calibration {
  /** Faces. */
  readonly n: number;
  /** Fitted on all faces: what a user would divide logits by. Above 1, the head is too sure of itself. */
  readonly temperature: number;
  readonly before: Trust;
  /** Each half of the faces at the temperature fitted on the other half, so that nothing is judged on its own fit. */
  readonly after: Trust;
}

/** Fits a head's temperature and says what it is worth. */
export function calibrate(choices: readonly Choice[]): Calibration {
  const halves = [0, 1].map((half) => choices.filter((_, i) => i % 2 === half));
  const fitted = halves.map(fitTemperature);
  return {
    n: choices.length,
    temperature: fitTemperature(choices),
    before: trust([[choices, 1]]),
    after: trust([
      [halves[0]!, fitted[1]!],
      [halves[1]!, fitted[0]!],
    ]),
  };
}

function trust(parts: readonly (readonly [readonly Choice[], number])[]): Trust {
  const bins = reliability(parts.flatMap(([choices, temperature]) => decisionsOf(choices, temperature)));
  const faces = parts.reduce((sum, [choices]) => sum + choices.length, 0);
  const loss = parts.reduce(
    (sum, [choices, temperature]) => sum + choices.length * negativeLogLikelihood(choices, temperature),
    0,
  );
  return { error: calibrationError(bins), negativeLogLikelihood: faces > 0 ? loss / faces : 0, bins };
}
