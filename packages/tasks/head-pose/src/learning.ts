import { knownLabels, type Learning } from '@facexformer/core/task';
import { poseOf } from './pose.js';
import { turn } from './turn.js';
import { vocabulary } from './vocabulary.js';

const DEGREES = 180 / Math.PI;

/** Labels are yaw, pitch and roll in degrees, in the convention of the result. */
export const learning: Learning = {
  loss: 'absolute',
  encode(label, { crop, vocabulary: own }) {
    const given = poseOf(label);
    const pose = crop.roll ? turn(given, -crop.roll) : given;
    const axes = knownLabels('headPose', own, vocabulary.labels);
    return axes.map((axis, i) => ((own.signs?.[i] ?? 1) * pose[axis]) / DEGREES);
  },
  transform: (label, { rotation, mirrored }) => turn(poseOf(label), rotation, mirrored),
};
