/** Runs in Chromium for main-thread.mjs: analyses one photo, with the runtime or everything in a worker. */
import { openAnalyzer } from './main-thread-analyzer.mjs';

/** The astronaut on a canvas of that size, kept whole: her face is about a fifth of its height. */
async function canvasOf(width, height) {
  const photo = await createImageBitmap(await (await fetch('/fixtures/astronaut.png')).blob());
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  context.drawImage(photo, (width - height) / 2, 0, height, height);
  return canvas;
}

const SOURCES = {
  canvas: async (canvas) => canvas,
  jpeg: (canvas) => new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg')),
};

/** How to analyse a photo in each place. */
const PLACES = {
  async 'runtime in a worker'(smallestFace) {
    const worker = () => new Worker('/runtime.js', { type: 'module' });
    const analyzer = await openAnalyzer({ smallestFace, worker });
    return (photo) => analyzer.analyze(photo);
  },
  async 'analyzer in a worker'(smallestFace) {
    const worker = new Worker('/analyzer.js', { type: 'module' });
    const ask = (message, transfer) =>
      new Promise((resolve) => {
        worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
        worker.postMessage(message, transfer);
      });
    await ask({ smallestFace });
    return async (photo) => {
      if (photo instanceof Blob) return ask(photo);
      const bitmap = await createImageBitmap(photo);
      return ask(bitmap, [bitmap]);
    };
  },
};

globalThis.open = async ({ place, width, height, source, smallestFace }) => {
  const analyze = await PLACES[place](smallestFace);
  const image = await SOURCES[source](await canvasOf(width, height));
  globalThis.once = async () => (await analyze(image)).length;
  return globalThis.once();
};
