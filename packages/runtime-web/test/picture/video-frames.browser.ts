import { describe, expect, it } from 'vitest';
import { videoFrames, webRuntime } from '../../src/index.ts';

const PICTURES = 25;

/** A film whose picture changes all the time; over once so many pictures are drawn. */
async function film(): Promise<HTMLVideoElement> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [32, 16];
  const context = canvas.getContext('2d')!;
  const recorder = new MediaRecorder(canvas.captureStream(30));
  const recorded = new Promise<Blob>((resolve) => {
    recorder.ondataavailable = ({ data }) => resolve(data);
  });
  let drawn = 0;
  const timer = setInterval(() => {
    context.fillStyle = `rgb(${drawn * 10} 0 0)`;
    context.fillRect(0, 0, 32, 16);
    drawn += 1;
    if (drawn < PICTURES) return;
    clearInterval(timer);
    recorder.stop();
  }, 20);
  recorder.start();
  const video = document.createElement('video');
  video.muted = true;
  video.src = URL.createObjectURL(await recorded);
  return video;
}

/** WebKitGTK records no film that it could play. */
const records = ['video/webm', 'video/mp4'].some((type) => MediaRecorder.isTypeSupported(type));

describe.skipIf(!records)('videoFrames', () => {
  it('gives pictures that a runtime decodes, and ends with the film', async () => {
    const video = await film();
    const times: number[] = [];
    const watching = (async () => {
      for await (const { image, time, release } of videoFrames(video)) {
        const { width, height } = await webRuntime().decode(image);
        expect({ width, height }).toEqual({ width: 32, height: 16 });
        release!();
        expect((image as VideoFrame).format).toBe(null); // closed
        times.push(time!);
      }
    })();
    await video.play();
    await watching;
    expect(video.ended).toBe(true);
    expect(times.length).toBeGreaterThan(0); // how many, depends on how busy the machine is
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  it('gives each picture that the video announces once, with its time', async () => {
    const video = await film();
    const shown = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    video.loop = true;
    await video.play();
    await shown;
    let show: VideoFrameRequestCallback | undefined;
    video.requestVideoFrameCallback = (callback) => {
      show = callback;
      return 1;
    };
    const frames = videoFrames(video);
    for (const mediaTime of [0, 0.04, 0.5]) {
      const next = frames.next();
      show!(0, { mediaTime } as VideoFrameCallbackMetadata);
      const { value } = await next;
      expect(value!.time).toBe(mediaTime * 1000);
      value!.release!();
    }
    const last = frames.next();
    video.dispatchEvent(new Event('ended'));
    expect(await last).toEqual({ value: undefined, done: true });
  });
});
