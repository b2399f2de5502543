import { bytesSource, openPluginCheckpoint, type Plugin, plugin } from '@facexformer/core';
import { type Recognition, recognition } from './recognition.js';

/**
 * The task with weights, to be named beside those of the model that it was trained with.
 *
 * ```ts
 * const task = await openRecognition(miniRecognition());
 * await using analyzer = await openFaceAnalyzer({ tasks: [age(), task] });
 * ```
 * @param weights a plug-in checkpoint, such as `miniRecognition()` of `@facexformer/model-mini/recognition`
 * @throws {FaceXFormerError} `BAD_OPTION` for what is no bytes, or weights of another task, `BAD_CHECKPOINT`, `BAD_TENSOR`,
 * `UNSUPPORTED`.
 */
export const openRecognition = async (weights: Uint8Array): Promise<Plugin<'recognition', Recognition>> =>
  plugin(recognition(), await openPluginCheckpoint(bytesSource(weights)));
