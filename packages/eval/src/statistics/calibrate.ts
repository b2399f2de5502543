import {
  type Choice,
  calibrationError,
  decisionsOf,
  fitTemperature,
  negativeLogLikelihood,
  type ReliabilityBin,
  reliability,
} from './calibration.js';

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
