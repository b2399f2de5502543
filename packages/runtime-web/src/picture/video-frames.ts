import type { SourceFrame } from '@facexformer/core';

/**
 * The frames that a `<video>` shows, of a file or of a camera, for `analyzer.stream`: each new picture once, with its
 * time in the film. Ends with the film; a paused video just waits, and a camera is left by leaving the loop.
 *
 * ```ts
 * video.srcObject = await navigator.mediaDevices.getUserMedia({ video: true });
 * await video.play();
 * for await (const { faces } of analyzer.stream(videoFrames(video), { signal })) show(faces);
 * ```
 */
export async function* videoFrames(video: HTMLVideoElement): AsyncGenerator<SourceFrame<VideoFrame>, void> {
  for (;;) {
    const time = await nextFrame(video);
    if (time === undefined) return;
    const image = new VideoFrame(video);
    yield { image, time, release: () => image.close() };
  }
}

/** Milliseconds of the next picture shown; undefined when the film is over. */
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
