import { classify, type ResultOf } from '@facexformer/core';

/** eyeglasses: one of several answers. Labels keep their order; other labels are another vocabulary, `eyeglasses@2`. */
export const eyeglasses = () => classify('eyeglasses', { id: 'eyeglasses@1', labels: ['without', 'with'] });

/** What an analyzer answers for each face under `eyeglasses`. */
export type Eyeglasses = ResultOf<ReturnType<typeof eyeglasses>>;

/** Address of the trained weights: a `file:` URL in Node, an `https:` one in a browser. */
export const eyeglassesWeights: string = new URL('../weights/eyeglasses.safetensors', import.meta.url).href;
