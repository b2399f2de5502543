/** What is known of numbers before they are seen. */
export interface FilterSettings {
  /** Noise (standard deviation) that is assumed until it was measured, and the least that is ever assumed. */
  readonly noise: number;
  readonly leastNoise: number;
  /** So many of the numbers, at most, tell of motion independently; the noise of a face's points is largely shared. */
  readonly independent: number;
}

/** A filter for several numbers that move together, such as the points of one face. */
export interface Filter {
  /**
   * The smoothed values for a measurement.
   * @param seconds since the last one; above 0
   */
  step(values: readonly number[], seconds: number): readonly number[];
}

/** One number: value and speed, their covariance in multiples of the noise's variance, and that variance. */
interface Estimate {
  value: number;
  speed: number;
  p00: number;
  p01: number;
  p11: number;
  variance: number;
  last: number;
  beforeLast: number;
  surprise: number;
  /** Fading sum of surprises: motion too slow for one frame adds up, noise cancels out. */
  trail: number;
}

/** Restlessness that is assumed of a quiet face: variance that a speed gains a second, as a share of the noise's. */
const DRIFT = 0.05;

/** A surprise is motion, not noise, beyond so many standard deviations: noise hardly ever does that. */
const SURPRISE = 4.5;

/** How much of the trail is left a frame later. */
const MEMORY = 0.7;

/** How fast the noise is learned, as a share a frame. */
const LEARNING = 0.02;

/**
 * An adaptive Kalman filter. It measures the noise itself, from second differences, in which steady motion cancels
 * out. A surprise that noise does not explain, of one number or of all together, widens the covariance to what would
 * explain it: that is what lets the filter be slow on a quiet face and hardly ever late on a moving one.
 */
export function createFilter({ noise, leastNoise, independent }: FilterSettings): Filter {
  let estimates: readonly Estimate[] = [];
  let frames = 0;
  let lastStep = 1;

  const learn = (estimate: Estimate, measured: number, dt: number): void => {
    const { last, beforeLast, variance } = estimate;
    if (frames > 1) {
      const pace = Math.min(dt / lastStep, 4);
      const bend = measured - last - pace * (last - beforeLast);
      const seen = bend ** 2 / (1 + (1 + pace) ** 2 + pace ** 2);
      const learned = variance + LEARNING * (Math.min(seen, 9 * variance) - variance);
      estimate.variance = Math.max(learned, leastNoise ** 2);
    }
    estimate.beforeLast = last;
    estimate.last = measured;
  };

  return {
    step(values, dt) {
      if (frames === 0) estimates = values.map((value) => firstEstimate(value, noise));
      estimates.forEach((estimate, i) => {
        learn(estimate, values[i]!, dt);
        if (frames > 0) predict(estimate, values[i]!, dt);
      });
      frames += 1;
      lastStep = dt;
      const shared = estimates.reduce((sum, estimate) => sum + surpriseOf(estimate), 0) / estimates.length;
      const together = mostOfNoise(Math.min(estimates.length, independent));
      return estimates.map((estimate) => correct(estimate, shared, together, dt));
    },
  };
}

const firstEstimate = (value: number, noise: number): Estimate => ({
  value,
  speed: 0,
  p00: 1,
  p01: 0,
  p11: 4,
  variance: noise ** 2,
  last: value,
  beforeLast: value,
  surprise: 0,
  trail: 0,
});

function predict(estimate: Estimate, measured: number, dt: number): void {
  const { p01, p11 } = estimate;
  estimate.value += estimate.speed * dt;
  estimate.p00 += 2 * dt * p01 + dt * dt * p11 + (DRIFT * dt ** 3) / 3;
  estimate.p01 += dt * p11 + (DRIFT * dt * dt) / 2;
  estimate.p11 += DRIFT * dt;
  estimate.surprise = measured - estimate.value;
  estimate.trail = MEMORY * estimate.trail + estimate.surprise;
}

/** The surprise squared, of this frame or of the last ones, in multiples of the noise's variance. */
const surpriseOf = ({ surprise, trail, variance }: Estimate): number =>
  Math.max(surprise ** 2, trail ** 2 * (1 - MEMORY ** 2)) / variance;

function correct(estimate: Estimate, shared: number, together: number, dt: number): number {
  const own = surpriseOf(estimate);
  const usual = estimate.p00 + 1;
  if (own > usual * ALONE || shared > usual * together) {
    // The speed changed within the last frame: an acceleration that explains the surprise.
    const missing = Math.max(own, shared) - usual;
    estimate.p00 += missing;
    estimate.p01 += missing / dt;
    estimate.p11 += missing / dt ** 2;
  }
  const { p00, p01, surprise } = estimate;
  const gain = p00 / (p00 + 1);
  const speedGain = p01 / (p00 + 1);
  estimate.value += gain * surprise;
  estimate.speed += speedGain * surprise;
  estimate.p11 -= speedGain * p01;
  estimate.p01 *= 1 - gain;
  estimate.p00 *= 1 - gain;
  return estimate.value;
}

/** What the mean square of `count` standard normal numbers rarely exceeds (the chi-square quantile of SURPRISE). */
const mostOfNoise = (count: number): number =>
  1 + SURPRISE * Math.sqrt(2 / count) + (2 * (SURPRISE ** 2 - 1)) / (3 * count);

const ALONE = mostOfNoise(1);
