import { changedFace, resultOf } from '../face/changed-face.js';
import type { AnalyzeOptions, Face } from '../face/face.js';
import type { Point } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import { attempt } from '../task/attempt.js';
import { chooseTasks } from '../task/choose-tasks.js';
import type { Task } from '../task/task.js';
import type { FaceTrack } from './frame.js';
import type { StreamSettings } from './options.js';
import { createSmoother, type Smoother } from './smoother.js';
import type { StreamParts } from './stream-parts.js';
import { type Track, updateTrack } from './track.js';
import { createTracker } from './tracker.js';

/** Finds, follows and analyses the faces of a frame. */
export type Follower<F extends Face> = (
  pixels: Pixels,
  time: number,
) => Promise<readonly (F & { readonly track: FaceTrack })[]>;

type Parts<F extends Face> = Pick<StreamParts<never, F>, 'analyze' | 'detector' | 'tasks'>;

/** @throws {FaceXFormerError} `UNKNOWN_TASK` when `only` names a task that is not registered. */
export function createFollower<F extends Face>(
  { analyze, detector, tasks }: Parts<F>,
  { only, detect, detectEvery, remember, smooth, signal }: StreamSettings,
): Follower<F> {
  const guide = tasks.find((task) => task.anchors);
  const wanted = chooseTasks(tasks, only);
  // A face is followed by its anchors even if `only` leaves them out.
  const secret = guide && !wanted.includes(guide) ? guide.name : undefined;
  const run: AnalyzeOptions = { signal, ...(only && { only: secret ? [...only, secret] : only }) };
  const newSmoother = () => (smooth ? createSmoother(wanted) : undefined);
  if (!detector || detect === false) return followWhole(analyze, run, newSmoother());

  const tracker = createTracker({ detectEvery, remember, newSmoother });
  return async (pixels, time) => {
    const tracks = await tracker.locate(pixels, time, () => detector.detect(pixels, { signal }));
    if (tracks.length === 0) return [];
    const faces = await analyze(pixels, { ...run, boxes: tracks.map(({ view }) => view) });
    return tracks.map((track, i) => {
      const face = faces[i]!;
      const seconds = (time - track.seen) / 1000;
      updateTrack(track, guide && anchorsOf(face, guide), time);
      const { score, found, motion, smoother } = track;
      const changes = {
        score,
        box: motion.box,
        ...(found?.keypoints && { keypoints: found.keypoints }),
        ...smoother?.(face, motion.box, seconds),
        track: describe(track),
      };
      return changedFace(face, changes, secret);
    });
  };
}

/** The whole of every frame as one face. */
function followWhole<F extends Face>(
  analyze: Parts<F>['analyze'],
  run: AnalyzeOptions,
  smoother: Smoother | undefined,
): Follower<F> {
  let age = 0;
  let since = 0;
  let last = 0;
  return async (pixels, time) => {
    const [face] = await analyze(pixels, { ...run, detect: false });
    if (age === 0) [since, last] = [time, time];
    const smoothed = smoother?.(face!, face!.box, (time - last) / 1000);
    last = time;
    age += 1;
    return [changedFace(face!, { ...smoothed, track: { id: 1, age, since, detected: false } })];
  };
}

const describe = ({ id, age, since, found }: Track): FaceTrack => ({
  id,
  age,
  since,
  detected: found !== undefined,
});

/** Nothing where the task has no result or fails: the face is then followed by its motion alone. */
function anchorsOf(face: Face, task: Task): readonly Point[] | undefined {
  const result = resultOf(face, task);
  if (result === undefined) return undefined;
  const outcome = attempt(task.name, 'state its anchors', () => task.anchors?.(result));
  return 'error' in outcome ? undefined : outcome.result;
}
