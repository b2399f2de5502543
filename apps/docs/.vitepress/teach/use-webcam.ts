import { ref } from 'vue';
import { closeCamera, openCamera } from '../playground/open-camera.ts';

/** The visitor's camera in a `<video>`, and pictures of it. */
export function useWebcam(video: () => HTMLVideoElement | null) {
  const running = ref(false);
  /** Why there is no picture; empty where all is well. */
  const failure = ref('');

  const stop = (): void => {
    running.value = false;
    const element = video();
    if (element) closeCamera(element);
  };

  /** True when the camera is on. */
  const start = async (): Promise<boolean> => {
    const element = video();
    if (running.value || !element) return running.value;
    failure.value = '';
    try {
      const media = await openCamera(element);
      media.getVideoTracks()[0]?.addEventListener('ended', () => {
        stop();
        failure.value = 'The camera was taken away. Turn it on again, or use photos.';
      });
      running.value = true;
    } catch (error) {
      failure.value = (error as Error).message;
    }
    return running.value;
  };

  /** The picture that is being shown; undefined while the camera is off. */
  const grab = async (): Promise<ImageBitmap | undefined> => {
    const element = video();
    return running.value && element ? createImageBitmap(element) : undefined;
  };

  return { running, failure, start, stop, grab };
}
