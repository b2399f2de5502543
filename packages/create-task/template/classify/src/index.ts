import { classify, type ResultOf } from '@facexformer/core';

/** __task__: one of several answers. The order of labels matters; when you change them, name the vocabulary `__task__@2`. */
export const __task__ = () => classify('__task__', { id: '__task__@1', labels: ['__labels__'] });

/** The result of each face under `__task__`. */
export type __Task__ = ResultOf<ReturnType<typeof __task__>>;

/** Address of the trained weights: a `file:` URL in Node, an `https:` one in a browser. */
export const __task__Weights: string = new URL('../weights/__task__.safetensors', import.meta.url).href;
