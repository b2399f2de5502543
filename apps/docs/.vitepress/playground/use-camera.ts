import type { SourceFrame } from '@facexformer/core';
import { ref } from 'vue';

/** The visitor's camera as frames; `stop` ends them and switches it off. */
export function useCamera() {
  const running = ref(false);
  /** Pictures whose results are not there yet, by their time. */
  const pending = new Map<number, ImageBitmap>();
  let media: MediaStream | undefined;

  const stop = (): void => {
    running.value = false;
    for (const track of media?.getTracks() ?? []) track.stop();
    media = undefined;
  };

  /** @throws what the browser says when there is no camera, or no permission. */
  const open = async (): Promise<AsyncGenerator<SourceFrame<ImageBitmap>>> => {
    media = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = media;
    await video.play();
    running.value = true;
    return frames(video);
  };

  async function* frames(video: HTMLVideoElement): AsyncGenerator<SourceFrame<ImageBitmap>> {
    try {
      while (running.value) {
        const time = await new Promise<number>(requestAnimationFrame);
        const image = await createImageBitmap(video);
        pending.set(time, image);
        yield { image, time };
      }
    } finally {
      video.srcObject = null;
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
