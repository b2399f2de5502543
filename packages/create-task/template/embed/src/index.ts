import { embed, type ResultOf } from '@facexformer/core';

/** __task__: a vector; faces with the same label are close together (`similarity` of `@facexformer/core`). */
export const __task__ = () => embed('__task__', { size: 32 });

/** The result of each face under `__task__`. */
export type __Task__ = ResultOf<ReturnType<typeof __task__>>;

/** Address of the trained weights: a `file:` URL in Node, an `https:` one in a browser. */
export const __task__Weights: string = new URL('../weights/__task__.safetensors', import.meta.url).href;
