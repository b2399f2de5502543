import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const astronaut = readFileSync(join(import.meta.dirname, '../../../fixtures/astronaut.png'));

/**
 * Pictures of the demo face, made on a canvas: turned, moved, darker or brighter, every second one mirrored; with
 * spectacles painted on or without. The same number gives the same picture.
 * @param {import('playwright-core').Page} page of the site
 * @param {boolean} spectacles
 * @param {number} count
 * @param {number} [first]
 * @returns {Promise<{ name: string, mimeType: string, buffer: Buffer }[]>}
 */
export async function facePictures(page, spectacles, count, first = 0) {
  const urls = await page.evaluate(draw, {
    source: `data:image/png;base64,${astronaut.toString('base64')}`,
    spectacles,
    count,
    first,
  });
  return urls.map((url, i) => ({
    name: `${spectacles ? 'with' : 'without'}-${first + i}.png`,
    mimeType: 'image/png',
    buffer: Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'),
  }));
}

/** Runs in the page. Her eyes lie at about (205, 107) and (242, 103) of 512 x 512. */
async function draw({ source, spectacles, count, first }) {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 384;
  canvas.height = 384;
  const context = canvas.getContext('2d');
  return Array.from({ length: count }, (_, i) => {
    const k = first + i;
    const wave = (step) => Math.sin(k * step + (spectacles ? 1 : 0));
    context.resetTransform();
    context.filter = 'none';
    context.fillStyle = `hsl(${(k * 67) % 360} 25% 35%)`;
    context.fillRect(0, 0, 384, 384);
    context.translate(192, 192);
    if (k % 2 === 1) context.scale(-1, 1);
    context.rotate(wave(1.3) * 0.15);
    context.scale(1.6 + wave(2.1) * 0.25, 1.6 + wave(2.1) * 0.25);
    context.translate(-224 + wave(0.7) * 12, -120 + wave(1.9) * 10);
    context.filter = `brightness(${1 + wave(2.7) * 0.3}) contrast(${1 + wave(3.1) * 0.15})`;
    context.drawImage(image, 0, 0);
    if (spectacles) {
      context.filter = 'none';
      context.strokeStyle = k % 3 === 0 ? '#111' : '#4a1f10';
      context.lineWidth = 4;
      context.beginPath();
      for (const [x, y] of [
        [205, 108],
        [242, 104],
      ]) {
        context.moveTo(x + 15, y);
        context.ellipse(x, y, 15, 13, 0, 0, 2 * Math.PI);
      }
      context.moveTo(220, 107);
      context.lineTo(227, 105);
      context.moveTo(190, 108);
      context.lineTo(176, 105);
      context.moveTo(257, 103);
      context.lineTo(271, 98);
      context.stroke();
    }
    return canvas.toDataURL('image/png');
  });
}
