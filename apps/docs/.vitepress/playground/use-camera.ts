import type { SourceFrame } from '@facexformer/core';
import { ref } from 'vue';
import { closeCamera, openCamera } from './open-camera.ts';

/** The visitor's camera as frames; `stop` ends them and switches it off. */
export function useCamera() {
  const running = ref(false);
  /** Pictures whose results are not there yet, by their time. */
  const pending = new Map<number, ImageBitmap>();
  let video: HTMLVideoElement | undefined;

  const stop = (): void => {
    running.value = false;
    if (video) closeCamera(video);
  };

  /** @throws Error that tells the visitor why there is no picture. */
  const open = async (): Promise<AsyncGenerator<SourceFrame<ImageBitmap>>> => {
    video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    await openCamera(video);
    running.value = true;
    return frames(video);
  };

  async function* frames(shown: HTMLVideoElement): AsyncGenerator<SourceFrame<ImageBitmap>> {
    try {
      for (;;) {
        const time = await new Promise<number>(requestAnimationFrame);
        if (!running.value) return;
        const image = await createImageBitmap(shown);
        pending.set(time, image);
        yield { image, time };
      }
    } finally {
      pending.clear();
      stop();
    }
  }

  /** The picture of a result; those before it are let go. */
  const take = (time: number): ImageBitmap | undefined => {
    const picture = pending.get(time);
    for (const key of pending.keys()) if (key <= time) pending.delete(key);
    return picture;
  };

  return { running, open, take, stop };
}
