/** How a smoother is tuned; every unit has its own. */
export interface FilterSettings {
  /** Noise (standard deviation) that is assumed until it was measured, and the least that is ever assumed. */
  readonly noise: number;
  readonly leastNoise: number;
}

/** A filter for several numbers that move together, such as the points of one face. */
export interface Filter {
  /**
   * The smoothed values for a measurement.
   * @param seconds since the last one; above 0
   */
  step(values: readonly number[], seconds: number): readonly number[];
}

/** Restlessness that is assumed of a quiet face: variance that a speed gains a second, as a share of the noise's. */
const DRIFT = 0.05;

/** So many values say as much as independent ones: the noise of a face's points is largely shared. */
const MOST_INDEPENDENT = 12;

/** A surprise is motion, not noise, beyond so many standard deviations: noise does that once in 6,000 frames. */
const SURPRISE = 3.6;

/** How much of the surprises so far counts with the next: motion too slow for one frame adds up, noise cancels out. */
const MEMORY = 0.7;

/** How fast the noise is learned, as a share a frame. */
const LEARNING = 0.02;

/**
 * An adaptive Kalman filter with one covariance for all values. It measures the noise itself, from second
 * differences, in which steady motion cancels out. A measurement that noise does not explain widens the covariance
 * to what would explain it: that is what lets the filter be slow on a quiet face and late on a moving one never.
 */
export function createFilter({ noise, leastNoise }: FilterSettings): Filter {
  let state: number[] = [];
  let speed: number[] = [];
  let last: readonly number[] = [];
  let beforeLast: readonly number[] = [];
  let lastStep = 1;
  let trail: number[] = [];
  let variance = noise * noise;
  // Covariance of value and speed, in multiples of `variance`.
  let [p00, p01, p11] = [1, 0, 0];

  const learn = (values: readonly number[], dt: number): void => {
    if (beforeLast.length > 0) {
      const pace = Math.min(dt / lastStep, 4);
      const bends = values.map((value, i) => value - last[i]! - pace * (last[i]! - beforeLast[i]!));
      const measured = meanSquare(bends) / (1 + (1 + pace) ** 2 + pace ** 2);
      variance += LEARNING * (Math.min(measured, 9 * variance) - variance);
      variance = Math.max(variance, leastNoise * leastNoise);
    }
    beforeLast = last;
    last = values;
    lastStep = dt;
  };

  const predict = (dt: number): void => {
    state = state.map((value, i) => value + speed[i]! * dt);
    p00 += 2 * dt * p01 + dt * dt * p11 + (DRIFT * dt ** 3) / 3;
    p01 += dt * p11 + (DRIFT * dt * dt) / 2;
    p11 += DRIFT * dt;
  };

  return {
    step(values, dt) {
      if (state.length === 0) {
        state = [...values];
        speed = values.map(() => 0);
        trail = values.map(() => 0);
        p11 = 4;
        learn(values, dt);
        return values;
      }
      learn(values, dt);
      predict(dt);
      const surprise = values.map((value, i) => value - state[i]!);
      trail = trail.map((value, i) => MEMORY * value + surprise[i]!);
      const ratio = Math.max(meanSquare(surprise), meanSquare(trail) * (1 - MEMORY ** 2)) / variance;
      if (ratio > (p00 + 1) * mostOfNoise(Math.min(values.length, MOST_INDEPENDENT))) {
        // The speed changed within the last frame: an acceleration that explains the surprise.
        const missing = ratio - 1 - p00;
        p00 += missing;
        p01 += missing / dt;
        p11 += missing / dt ** 2;
      }
      const gain = p00 / (p00 + 1);
      const speedGain = p01 / (p00 + 1);
      state = state.map((value, i) => value + gain * surprise[i]!);
      speed = speed.map((value, i) => value + speedGain * surprise[i]!);
      p11 -= speedGain * p01;
      p01 *= 1 - gain;
      p00 *= 1 - gain;
      return state;
    },
  };
}

/** What the mean square of `count` standard normal numbers rarely exceeds (the chi-square quantile of SURPRISE). */
const mostOfNoise = (count: number): number =>
  1 + SURPRISE * Math.sqrt(2 / count) + (2 * (SURPRISE ** 2 - 1)) / (3 * count);

const meanSquare = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value * value, 0) / Math.max(1, values.length);
