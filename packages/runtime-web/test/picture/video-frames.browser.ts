import { describe, expect, it } from 'vitest';
import { videoFrames, webRuntime } from '../../src/index.ts';

/** Half a second of film whose picture changes all the time. */
async function film(): Promise<Blob> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [32, 16];
  const context = canvas.getContext('2d')!;
  let shade = 0;
  const timer = setInterval(() => {
    shade = (shade + 5) % 256;
    context.fillStyle = `rgb(${shade} 0 0)`;
    context.fillRect(0, 0, 32, 16);
  }, 20);
  const recorder = new MediaRecorder(canvas.captureStream(30));
  const recorded = new Promise<Blob>((resolve) => {
    recorder.ondataavailable = ({ data }) => resolve(data);
  });
  recorder.start();
  await new Promise((resolve) => setTimeout(resolve, 500));
  recorder.stop();
  clearInterval(timer);
  return recorded;
}

describe('videoFrames', () => {
  it('gives each new picture with its time, and ends with the film', { timeout: 20_000 }, async () => {
    const video = document.createElement('video');
    video.muted = true;
    video.src = URL.createObjectURL(await film());
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
    expect(times.length).toBeGreaterThanOrEqual(3);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });
});
