import { ref } from 'vue';

/** The visitor's camera: calls `onFrame` with the running video, one call after the other. */
export function useCamera(onFrame: (video: HTMLVideoElement) => Promise<void>) {
  const running = ref(false);
  let media: MediaStream | undefined;

  const stop = (): void => {
    running.value = false;
    for (const track of media?.getTracks() ?? []) track.stop();
    media = undefined;
  };

  const start = async (): Promise<void> => {
    if (running.value) return;
    media = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = media;
    await video.play();
    running.value = true;
    while (running.value) {
      await onFrame(video);
      await new Promise(requestAnimationFrame);
    }
    video.srcObject = null;
  };

  return { running, start, stop };
}
