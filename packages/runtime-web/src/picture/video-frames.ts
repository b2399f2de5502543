import type { SourceFrame } from '@facexformer/core';
import { demand, FUNCTION, having } from '@facexformer/core/arguments';

const VIDEO = having('a <video> element', { requestVideoFrameCallback: FUNCTION });

/**
 * The frames that a `<video>` shows, from a file or a camera, for `analyzer.stream`: each new picture once, with its time
 * in the film. Ends with the film; while the video is paused it waits; for a camera, leave the loop.
 *
 * ```ts
 * video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
 * await video.play();
 * for await (const { faces } of analyzer.stream(videoFrames(video), { signal })) show(faces);
 * ```
 */
export async function* videoFrames(video: HTMLVideoElement): AsyncGenerator<SourceFrame<VideoFrame>, void> {
  demand(video, VIDEO, 'videoFrames: video');
  for (;;) {
    const time = await nextFrame(video);
    if (time === undefined) return;
    const image = new VideoFrame(video);
    yield { image, time, release: () => image.close() };
  }
}

/** Time of the next picture in milliseconds; undefined when the film has ended. */
function nextFrame(video: HTMLVideoElement): Promise<number | undefined> {
  return new Promise((resolve) => {
    if (video.ended) return resolve(undefined);
    const end = (): void => {
      video.cancelVideoFrameCallback(callback);
      resolve(undefined);
    };
    const callback = video.requestVideoFrameCallback((_, { mediaTime }) => {
      video.removeEventListener('ended', end);
      resolve(mediaTime * 1000);
    });
    video.addEventListener('ended', end, { once: true });
  });
}
