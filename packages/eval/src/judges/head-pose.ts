import type { HeadPose } from '@facexformer/tasks';
import { type Judge, share, total } from './judge.js';

const AXES = ['yaw', 'pitch', 'roll'] as const;

/** Mean absolute errors in degrees, the protocol of BIWI; `headPose.mae` is the mean of the three axes. */
export const judgeHeadPose: Judge = {
  task: 'headPose',
  judge({ result }, { pose }) {
    if (!pose) return undefined;
    const errors = AXES.map((axis) => turn((result as HeadPose)[axis] - pose[axis]));
    return { sums: Float64Array.of(1, ...errors) };
  },
  figures(verdicts) {
    const [n, ...sums] = total(verdicts, 4);
    return {
      ...share('headPose.mae', sums.reduce((all, sum) => all + sum, 0) / AXES.length, n!),
      ...Object.assign({}, ...AXES.map((axis, i) => share(`headPose.mae.${axis}`, sums[i]!, n!))),
    };
  },
};

/** The size of a turn the short way round, 0..180 degrees. */
const turn = (degrees: number): number => Math.abs(((((degrees + 180) % 360) + 360) % 360) - 180);
