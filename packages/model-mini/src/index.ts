export { miniModelBytes, miniModelHash } from './weights.js';

/**
 * Address of the weights in our checkpoint format (half precision): a `file:` URL in Node, an `https:` one in a
 * browser. Bundlers that know `new URL(path, import.meta.url)` copy the file along.
 *
 * ```ts
 * const checkpoint = await openCheckpoint(await fileSource(miniModel)); // in Node
 * const kept = await openCheckpoint(await urlSource(miniModel, { hash: miniModelHash })); // in a browser
 * ```
 */
export const miniModel: string = new URL('../weights/mini.safetensors', import.meta.url).href;
