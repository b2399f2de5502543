import { compress } from './jpeg.js';

/**
 * Changes planes [3, size, size] of 0..255 in place: light, contrast, tint, saturation, grey, blur, noise, JPEG.
 * `strength`, 0..1, scales how far or how often.
 */
export function jitterColor(view: Float32Array, size: number, draw: () => number, strength: number): void {
  const plane = size * size;
  const around = (): number => strength * (draw() + draw() - 1);
  const often = (share: number): boolean => draw() < share * strength;
  const contrast = Math.exp(0.35 * around());
  const light = 128 + 45 * around();
  const saturation = often(0.2) ? 0 : Math.exp(0.5 * around());
  const gains = [0, 1, 2].map(() => contrast * Math.exp(0.08 * around()));
  const noise = often(0.2) ? 10 * draw() : 0;
  if (often(0.2)) for (let pass = draw() * 2; pass >= 0; pass -= 1) blur(view, size);
  for (let i = 0; i < plane; i += 1) {
    const grey = 0.299 * view[i]! + 0.587 * view[i + plane]! + 0.114 * view[i + 2 * plane]!;
    const grain = noise && noise * (draw() + draw() - 1);
    for (let c = 0; c < 3; c += 1) {
      const at = c * plane + i;
      const value = grey + (view[at]! - grey) * saturation;
      view[at] = Math.min(Math.max((value - 128) * gains[c]! + light + grain, 0), 255);
    }
  }
  if (often(0.15)) compress(view, size, 15 + 60 * draw());
}

/** 1-2-1 along rows, then along columns. */
function blur(view: Float32Array, size: number): void {
  for (const [stride, cross] of [
    [1, size],
    [size, 1],
  ] as const) {
    for (let c = 0; c < 3; c += 1) {
      for (let line = 0; line < size; line += 1) {
        let at = c * size * size + line * cross;
        let before = view[at]!;
        for (let i = 0; i < size; i += 1, at += stride) {
          const here = view[at]!;
          const after = i + 1 < size ? view[at + stride]! : here;
          view[at] = (before + 2 * here + after) / 4;
          before = here;
        }
      }
    }
  }
}
