import { type Headline, type Metrics, meanAndParts, total } from '@facexformer/core/task';
import { type HeadPose, poseOf } from './pose.js';

const AXES = ['yaw', 'pitch', 'roll'] as const;

const headline = (figure: string, title: string): Headline => ({
  figure,
  title: `head pose, ${title}`,
  unit: 'degrees',
  better: 'lower',
});

/**
 * Mean absolute errors in degrees, the protocol of BIWI; `headPose.mae` is the mean of the three axes. The bias audit
 * compares every figure between bands of yaw.
 */
export const metrics: Metrics<HeadPose> = {
  headlines: [
    { ...headline('headPose.mae', 'mean absolute error'), audited: true },
    ...AXES.map((axis) => headline(`headPose.mae.${axis}`, axis)),
  ],
  judge({ result }, label) {
    const truth = poseOf(label);
    return { sums: Float64Array.of(1, ...AXES.map((axis) => turn(result[axis] - truth[axis]))) };
  },
  figures(verdicts) {
    const [n = 0, ...errors] = total(verdicts, 1 + AXES.length);
    return n === 0
      ? {}
      : meanAndParts(
          'headPose.mae',
          AXES.map((axis, i) => [axis, errors[i]! / n]),
        );
  },
  group: (label) => bandOf(poseOf(label)),
  predictedGroup: bandOf,
};

/** First degrees of the bands of yaw that an audit compares, to either side; the last one is open. */
const BANDS = [0, 15, 30, 45, 60] as const;

/** The band of yaw that a face is turned by, such as `15-30 degrees`. */
function bandOf({ yaw }: HeadPose): string {
  const index = BANDS.findLastIndex((from) => Math.abs(yaw) >= from);
  return index === BANDS.length - 1
    ? `${BANDS[index]}+ degrees`
    : `${BANDS[index]}-${BANDS[index + 1]} degrees`;
}

/** The size of a turn the short way round, 0..180 degrees. */
const turn = (degrees: number): number => Math.abs(((((degrees + 180) % 360) + 360) % 360) - 180);
