import { FaceXFormerError } from '../base/errors.js';
import type { Face } from '../face/face.js';
import { isOfOnePhoto } from '../face/photo-errors.js';
import { now } from './clock.js';
import { createFollower } from './follower.js';
import type { StreamFrame, StreamOptions, StreamSource } from './frame.js';
import { streamSettings } from './options.js';
import { type Arrival, arrivals } from './source.js';
import type { StreamParts } from './stream-parts.js';

/** Analyses the frames of a source, one at a time. */
export async function* streamFaces<Image, F extends Face>(
  parts: StreamParts<Image, F>,
  source: StreamSource<Image>,
  options: StreamOptions,
): AsyncGenerator<StreamFrame<F>, void, undefined> {
  const settings = streamSettings(source, options, parts.tasks);
  const { signal } = options;
  const follow = createFollower(parts, settings);
  const began = now();
  let dropped = 0;
  for await (const frame of arrivals(source, settings.keep, signal)) {
    const time =
      frame.time ?? (settings.paced ? (frame.index * 1000) / settings.frameRate : frame.arrived - began);
    dropped += frame.dropped;
    const outcome = await look(frame, time).catch((error: unknown) => {
      if (settings.onBadFrame === 'throw' || !isOfOnePhoto(error)) throw error;
      return { faces: [], error };
    });
    const latency = now() - frame.arrived;
    yield { ...outcome, index: frame.index, time, latency, dropped };
    dropped = 0;
  }

  async function look(frame: Arrival<Image>, time: number) {
    if (!Number.isFinite(time)) {
      frame.release?.();
      throw new FaceXFormerError('BAD_OPTION', `frame ${frame.index} has the time ${time}`);
    }
    const pixels = await parts.runtime.decode(frame.image, { signal }).finally(() => frame.release?.());
    return { faces: await follow(pixels, time), pixels };
  }
}
