/**
 * The parts of the 68 points (iBUG order) as [first, end). Sides are sides of the image: the eye at the image's left
 * is the person's right eye, unless the photo is mirrored.
 */
export const LANDMARK_GROUPS = {
  jaw: [0, 17],
  browImageLeft: [17, 22],
  browImageRight: [22, 27],
  noseBridge: [27, 31],
  noseBase: [31, 36],
  eyeImageLeft: [36, 42],
  eyeImageRight: [42, 48],
  outerLip: [48, 60],
  innerLip: [60, 68],
} as const;

/** A part of the face. */
export type LandmarkGroup = keyof typeof LANDMARK_GROUPS;

/** Groups whose last point meets their first. */
export const CLOSED: ReadonlySet<LandmarkGroup> = new Set([
  'eyeImageLeft',
  'eyeImageRight',
  'outerLip',
  'innerLip',
]);
