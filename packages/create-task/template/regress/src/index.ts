import { type ResultOf, regress } from '@facexformer/core';

/**
 * __task__: a number for each label. `range` spans the usual values; answers may lie outside it. A label whose sign turns
 * when a photo is mirrored, such as a yaw, belongs in `mirrored: ['yaw']` beside it.
 */
export const __task__ = () =>
  regress('__task__', { id: '__task__@1', labels: ['__labels__'] }, { range: [0, 100] });

/** The result of each face under `__task__`. */
export type __Task__ = ResultOf<ReturnType<typeof __task__>>;

/** Address of the trained weights: a `file:` URL in Node, an `https:` one in a browser. */
export const __task__Weights: string = new URL('../weights/__task__.safetensors', import.meta.url).href;
