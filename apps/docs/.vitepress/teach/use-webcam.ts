import { ref, shallowRef } from 'vue';

/** The visitor's camera in a `<video>`, and pictures of it. */
export function useWebcam(video: () => HTMLVideoElement | null) {
  const running = ref(false);
  /** Why there is no picture; empty where all is well. */
  const failure = ref('');
  const media = shallowRef<MediaStream>();

  const stop = (): void => {
    for (const track of media.value?.getTracks() ?? []) track.stop();
    media.value = undefined;
    running.value = false;
    const element = video();
    if (element) element.srcObject = null;
  };

  /** Asks for leave where it has not been given; true when the camera is on. */
  const start = async (): Promise<boolean> => {
    if (running.value) return true;
    failure.value = '';
    try {
      if (!navigator.mediaDevices) throw new DOMException('', 'SecurityError');
      media.value = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
      const element = video();
      if (!element) throw new DOMException('', 'AbortError');
      element.srcObject = media.value;
      await element.play();
      media.value.getVideoTracks()[0]?.addEventListener('ended', () => {
        stop();
        failure.value = 'The camera was taken away. Turn it on again, or use photos.';
      });
      running.value = true;
    } catch (error) {
      stop();
      failure.value = reasonOf((error as DOMException).name);
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

function reasonOf(name: string): string {
  switch (name) {
    case 'NotAllowedError':
      return 'Your browser did not let this page use the camera. Allow it in the address bar and try again, or use photos.';
    case 'NotFoundError':
      return 'No camera was found. Connect one and try again, or use photos.';
    case 'NotReadableError':
      return 'Another program is using the camera. Close it and try again, or use photos.';
    case 'SecurityError':
      return 'Browsers give the camera to pages on https or localhost only. Photos work here all the same.';
    default:
      return 'The camera did not start. Try again, or use photos.';
  }
}
