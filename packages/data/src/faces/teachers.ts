import { join } from 'node:path';
import type { Box } from '@facexformer/core';
import { IBUG_POINTS } from '../conventions/classes.js';
import type { PoseAngles } from '../conventions/pose.js';
import { type FieldReader, fieldReader, fileName, number, numbers, pose } from '../reading/fields.js';
import { readLines } from '../reading/lines.js';
import { corners } from './record.js';

/** How much a teacher's answer counts against a hand label. */
export const TEACHER_WEIGHT = 0.4;
/** The same for points on which two teachers agree. */
const AGREED_WEIGHT = 0.9;
/** They agree when they differ by less than this share of the eyes' distance. */
const AGREED_SPREAD = 0.05;

/** What teacher networks say of a photo; no ground truth. */
export interface TeacherAnswer {
  readonly landmarks?: readonly number[];
  readonly headPose?: PoseAngles;
  readonly age?: number;
  /** A vector that tells people apart. */
  readonly recognition?: { readonly vector: readonly number[] };
  readonly box?: Box;
  /** By task; {@link TEACHER_WEIGHT} where nothing is stated. */
  readonly weights?: Readonly<Record<string, number>>;
}

/** Two teachers that differ by more than this share of the eyes' distance know nothing. */
const LARGEST_SPREAD = 0.08;
/** Both pose teachers shrink large yaws, the fit to points more: from 20 degrees on the network is believed more and more. */
const LARGE_YAW = [20, 30] as const;
/** What the network says of faces turned by 0, 30, 45 and 60 degrees (the 270 photos of FASSEG's multipose01). */
const SAID_YAW = [0, 26, 40, 50];
const TRUE_YAW = [0, 30, 45, 60];

/** Numbers of a vector that tells people apart. */
const IDENTITY_SIZE = 128;
/** The teacher of ages takes old people for much younger ones. */
const OLDEST = 60;

const points = numbers(2 * IBUG_POINTS);

/**
 * The teachers' answers in a set's `pseudo.jsonl`, `points.jsonl` and `faceres.jsonl`, by photo; points of the second, of
 * two teachers, take precedence.
 * @throws {FaceXFormerError} `BAD_OPTION` naming file, line and field.
 */
export async function readTeachers(folder: string): Promise<ReadonlyMap<string, TeacherAnswer>> {
  const [answers, better, people] = await Promise.all([
    readAnswers(join(folder, 'pseudo.jsonl'), answerOf),
    readAnswers(join(folder, 'points.jsonl'), pointsOf),
    readAnswers(join(folder, 'faceres.jsonl'), personOf),
  ]);
  for (const [image, { landmarks, weights }] of better) {
    const { landmarks: _, ...others } = answers.get(image) ?? {};
    answers.set(image, { ...others, ...(landmarks && { landmarks }), ...(weights && { weights }) });
  }
  for (const [image, person] of people) answers.set(image, { ...answers.get(image), ...person });
  return answers;
}

async function readAnswers(
  path: string,
  read: (fields: FieldReader) => TeacherAnswer,
): Promise<Map<string, TeacherAnswer>> {
  const lines = (await readLines(path)) ?? [];
  return new Map(
    lines.map((entry) => {
      const fields = fieldReader(entry);
      return [fields.required('image', 'a file name', fileName), read(fields)];
    }),
  );
}

function answerOf({ required, optional }: FieldReader): TeacherAnswer {
  const box = optional('det', 'left, top, right, bottom and score', corners);
  const landmarks = optional('points', `${2 * IBUG_POINTS} numbers`, points);
  const net = optional('pose_fsanet', 'yaw, pitch and roll', pose);
  const fit = optional('pose_pnp', 'yaw, pitch and roll', pose);
  const ok = required('ok', 'true or false', (value) => (typeof value === 'boolean' ? value : undefined));
  return {
    ...(box && { box }),
    ...(ok && landmarks && { landmarks }),
    ...(ok && net && fit && { headPose: poseFrom(net, fit) }),
  };
}

function pointsOf({ required, optional }: FieldReader): TeacherAnswer {
  const landmarks = required('points', `${2 * IBUG_POINTS} numbers`, points);
  const spread = optional('spread', 'a number', number()) ?? LARGEST_SPREAD;
  if (spread > LARGEST_SPREAD) return {};
  return { landmarks, ...(spread < AGREED_SPREAD && { weights: { landmarks: AGREED_WEIGHT } }) };
}

function personOf({ required, optional }: FieldReader): TeacherAnswer {
  const vector = required('identity', `${IDENTITY_SIZE} numbers`, numbers(IDENTITY_SIZE));
  const age = optional('age', 'years', number());
  return { recognition: { vector }, ...(age !== undefined && age < OLDEST && { age }) };
}

/** The mean of both teachers; of turned faces what the network says, its yaw stretched to what it stands for. */
function poseFrom(net: PoseAngles, fit: PoseAngles): PoseAngles {
  const [from, to] = LARGE_YAW;
  const belief = Math.min(Math.max((Math.abs(net.yaw) - from) / (to - from), 0), 1);
  const mix = (mean: number, alone: number): number => mean + (alone - mean) * belief;
  return {
    yaw: mix((net.yaw + fit.yaw) / 2, Math.sign(net.yaw) * stretched(Math.abs(net.yaw))),
    pitch: mix((net.pitch + fit.pitch) / 2, net.pitch),
    roll: mix((net.roll + fit.roll) / 2, net.roll),
  };
}

/** A yaw of the network, 0 or more, by straight lines between what was measured, the last one continued. */
function stretched(yaw: number): number {
  let i = 1;
  while (i < SAID_YAW.length - 1 && SAID_YAW[i]! <= yaw) i += 1;
  const share = (yaw - SAID_YAW[i - 1]!) / (SAID_YAW[i]! - SAID_YAW[i - 1]!);
  return TRUE_YAW[i - 1]! + share * (TRUE_YAW[i]! - TRUE_YAW[i - 1]!);
}
