import { judgeAge } from './age.js';
import { judgeAttributes } from './attributes.js';
import { judgeExpression, judgeGender, judgeRace } from './classification.js';
import { judgeHeadPose } from './head-pose.js';
import type { Judge } from './judge.js';
import { judgeLandmarks } from './landmarks.js';
import { judgeParsing } from './parsing.js';
import { judgeVisibility } from './visibility.js';

/** The judges of the nine built-in tasks, in the order of the report. */
export const JUDGES: readonly Judge[] = [
  judgeParsing,
  judgeLandmarks,
  judgeHeadPose,
  judgeAttributes,
  judgeAge,
  judgeGender,
  judgeRace,
  judgeExpression,
  judgeVisibility,
];
