/** What is assumed of the numbers before any is seen. */
export interface FilterSettings {
  /** Measurement noise (standard deviation) until it has been estimated, and the least that is ever assumed. */
  readonly noise: number;
  readonly leastNoise: number;
  /** At most so many of the numbers count as independent evidence of motion: the points of one face share their noise. */
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

/** One number: value and speed, their covariance in units of the measurement variance, and that variance. */
interface Estimate {
  value: number;
  speed: number;
  p00: number;
  p01: number;
  p11: number;
  variance: number;
  last: number;
  beforeLast: number;
  /** The measurement minus its prediction. */
  innovation: number;
  /** Decaying sum of innovations: motion too slow for one frame adds up, noise cancels out. */
  innovationSum: number;
}

/** Process noise of a still face: the variance that a speed gains per second, in units of the measurement variance. */
const PROCESS_NOISE = 0.05;

/** An innovation beyond so many standard deviations is motion, not noise. */
const GATE = 4.5;

/** How much of the sum of innovations is left a frame later. */
const DECAY = 0.7;

/** How fast the estimate of the measurement variance adapts, as a share per frame. */
const ADAPTATION = 0.02;

/**
 * An adaptive Kalman filter for motion at constant speed. It estimates the measurement noise from second differences, in
 * which steady motion cancels out. When the innovation of one number, or of all together, is more than noise explains,
 * the covariance is widened until it does: so the filter is slow on a still face and hardly ever late on a moving one.
 */
export function createFilter({ noise, leastNoise, independent }: FilterSettings): Filter {
  let estimates: readonly Estimate[] = [];
  let frames = 0;
  let lastStep = 1;

  const estimateNoise = (estimate: Estimate, measured: number, dt: number): void => {
    const { last, beforeLast, variance } = estimate;
    if (frames > 1) {
      const pace = Math.min(dt / lastStep, 4);
      const secondDifference = measured - last - pace * (last - beforeLast);
      const sample = secondDifference ** 2 / (1 + (1 + pace) ** 2 + pace ** 2);
      const adapted = variance + ADAPTATION * (Math.min(sample, 9 * variance) - variance);
      estimate.variance = Math.max(adapted, leastNoise ** 2);
    }
    estimate.beforeLast = last;
    estimate.last = measured;
  };

  return {
    step(values, dt) {
      if (frames === 0) estimates = values.map((value) => firstEstimate(value, noise));
      estimates.forEach((estimate, i) => {
        estimateNoise(estimate, values[i]!, dt);
        if (frames > 0) predict(estimate, values[i]!, dt);
      });
      frames += 1;
      lastStep = dt;
      const mean =
        estimates.reduce((sum, estimate) => sum + innovationSquared(estimate), 0) / estimates.length;
      const meanGate = gateOf(Math.min(estimates.length, independent));
      return estimates.map((estimate) => correct(estimate, mean, meanGate, dt));
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
  innovation: 0,
  innovationSum: 0,
});

function predict(estimate: Estimate, measured: number, dt: number): void {
  const { p01, p11 } = estimate;
  estimate.value += estimate.speed * dt;
  estimate.p00 += 2 * dt * p01 + dt * dt * p11 + (PROCESS_NOISE * dt ** 3) / 3;
  estimate.p01 += dt * p11 + (PROCESS_NOISE * dt * dt) / 2;
  estimate.p11 += PROCESS_NOISE * dt;
  estimate.innovation = measured - estimate.value;
  estimate.innovationSum = DECAY * estimate.innovationSum + estimate.innovation;
}

/** The squared innovation, of this frame or of the last ones, in units of the measurement variance. */
const innovationSquared = ({ innovation, innovationSum, variance }: Estimate): number =>
  Math.max(innovation ** 2, innovationSum ** 2 * (1 - DECAY ** 2)) / variance;

/** @param mean the squared innovation of all numbers on average, and `meanGate` what noise alone rarely exceeds */
function correct(estimate: Estimate, mean: number, meanGate: number, dt: number): number {
  const own = innovationSquared(estimate);
  const usual = estimate.p00 + 1;
  if (own > usual * OWN_GATE || mean > usual * meanGate) {
    // The speed changed within the last frame: an acceleration that explains the innovation.
    const missing = Math.max(own, mean) - usual;
    estimate.p00 += missing;
    estimate.p01 += missing / dt;
    estimate.p11 += missing / dt ** 2;
  }
  const { p00, p01, innovation } = estimate;
  const gain = p00 / (p00 + 1);
  const speedGain = p01 / (p00 + 1);
  estimate.value += gain * innovation;
  estimate.speed += speedGain * innovation;
  estimate.p11 -= speedGain * p01;
  estimate.p01 *= 1 - gain;
  estimate.p00 *= 1 - gain;
  return estimate.value;
}

/** What the mean square of `count` standard normal numbers rarely exceeds: about the chi-square quantile of GATE. */
const gateOf = (count: number): number =>
  1 + GATE * Math.sqrt(2 / count) + (2 * (GATE ** 2 - 1)) / (3 * count);

const OWN_GATE = gateOf(1);
