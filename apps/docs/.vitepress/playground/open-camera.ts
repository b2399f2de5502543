/**
 * Shows the visitor's camera in a `<video>`, asking for leave where it has not been given. {@link closeCamera} ends it.
 * @throws Error that tells the visitor why there is no picture, and what helps.
 */
export async function openCamera(video: HTMLVideoElement): Promise<MediaStream> {
  try {
    if (!navigator.mediaDevices) throw new DOMException('', 'SecurityError');
    const media = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } });
    video.srcObject = media;
    await video.play();
    return media;
  } catch (cause) {
    closeCamera(video);
    throw new Error(reasonOf((cause as DOMException).name), { cause });
  }
}

/** Switches the camera off that a `<video>` shows, if it does. */
export function closeCamera(video: HTMLVideoElement): void {
  for (const track of (video.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
  video.srcObject = null;
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
