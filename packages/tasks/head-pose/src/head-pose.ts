import { defineTask, type Task } from '@facexformer/core';
import { finiteValues, knownLabels, mlpHead, NUMBER, recordSchema } from '@facexformer/core/task';
import { poseAxes } from './axes.js';
import { learning } from './learning.js';
import { metrics } from './metrics.js';
import type { HeadPose } from './pose.js';
import { turn } from './turn.js';
import { vocabulary } from './vocabulary.js';

/**
 * Head pose. Raw output: pitch, yaw, roll in radians, [3]; the vocabulary's `signs` bring a checkpoint's convention
 * to that of the result (300W-LP's).
 */
export const headPose = (): Task<'headPose', HeadPose> =>
  defineTask({
    name: 'headPose',
    tokens: 1,
    vocabulary,
    head: (context) => mlpHead(context, 3),
    decode(raw, { crop, vocabulary: own }): HeadPose {
      const names = knownLabels('headPose', own, vocabulary.labels);
      const values = finiteValues('headPose', raw, [names.length]);
      const degrees = (name: keyof HeadPose) => {
        const i = names.indexOf(name);
        return (values[i]! * (own.signs?.[i] ?? 1) * 180) / Math.PI + 0; // + 0: never -0
      };
      const pose = { yaw: degrees('yaw'), pitch: degrees('pitch'), roll: degrees('roll') };
      return crop.roll ? turn(pose, crop.roll) : pose;
    },
    schema: recordSchema(['yaw', 'pitch', 'roll'], NUMBER),
    learning,
    smooth: {
      unit: 'degree',
      read: ({ yaw, pitch, roll }) => [yaw, pitch, roll],
      write: (_, values) => ({ yaw: values[0]!, pitch: values[1]!, roll: values[2]! }),
    },
    draw: (pose, { box }) => [
      ...poseAxes(pose, box),
      {
        kind: 'label',
        caption: 'pose',
        text: `yaw ${Math.round(pose.yaw) + 0}°, pitch ${Math.round(pose.pitch) + 0}°, roll ${Math.round(pose.roll) + 0}°`,
      },
    ],
    metrics,
  });
