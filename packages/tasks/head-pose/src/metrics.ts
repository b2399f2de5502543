import { type Headline, type Metrics, meanAndParts, total } from '@facexformer/core/task';
import { type HeadPose, poseOf } from './pose.js';

const AXES = ['yaw', 'pitch', 'roll'] as const;

const headline = (figure: string, title: string): Headline => ({
  figure,
  title: `head pose, ${title}`,
  unit: 'degrees',
  better: 'lower',
});

/** Mean absolute errors in degrees, the protocol of BIWI; `headPose.mae` is the mean of the three axes. */
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
};

/** The size of a turn the short way round, 0..180 degrees. */
const turn = (degrees: number): number => Math.abs(((((degrees + 180) % 360) + 360) % 360) - 180);
