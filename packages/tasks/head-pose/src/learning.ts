import { knownLabels, type Learning } from '@facexformer/core/task';
import { poseOf } from './pose.js';
import { turn } from './turn.js';
import { vocabulary } from './vocabulary.js';

const DEGREES = 180 / Math.PI;

/** Degrees of yaw from which each further STEP counts once more: profiles are rare, and networks err on them most. */
const FRONTAL = 15;
const STEP = 10;
const MOST = 5;

/** Labels are yaw, pitch and roll in degrees, in the convention of the result. */
export const learning: Learning = {
  loss: 'absolute',
  encode(label, { crop, vocabulary: own }) {
    const given = poseOf(label);
    const pose = crop.roll ? turn(given, -crop.roll) : given;
    const axes = knownLabels('headPose', own, vocabulary.labels);
    return axes.map((axis, i) => ((own.signs?.[i] ?? 1) * pose[axis]) / DEGREES);
  },
  repeats: (label) =>
    Math.min(1 + Math.max(0, Math.floor((Math.abs(poseOf(label).yaw) - FRONTAL) / STEP)), MOST),
  transform: (label, { rotation, mirrored }) => turn(poseOf(label), rotation, mirrored),
};
