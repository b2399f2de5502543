import { type Face, FaceXFormerError, type PhotoResult } from '@facexformer/core';
import { age } from '@facexformer/task-age';
import type { PhotoAnalyzer } from '../src/index.js';

const size = { width: 4, height: 4 };
const whole = { ...size, data: new Uint8Array(48) };
const box = { x: 0, y: 0, width: 4, height: 4 };

/** An analyzer that finds as many faces as a photo has bytes, when it is let go on; its first byte is the first face's score. */
export function heldAnalyzer() {
  const held: (() => void)[] = [];
  const seen: Uint8Array[] = [];
  const signals: AbortSignal[] = [];
  const analyzer = {
    device: 'cpu',
    provenance: { name: 'held', trained: true },
    tasks: [age()],
    draw: (faces: readonly Face[]) => faces.map(() => ({ box, shapes: [] })),
    async *analyzeMany(
      [photo]: readonly Uint8Array[],
      { signal, pixels }: { readonly signal: AbortSignal; readonly pixels: boolean },
    ): AsyncGenerator<PhotoResult<Uint8Array>> {
      seen.push(photo!);
      signals.push(signal);
      await new Promise<void>((resolve) => held.push(resolve));
      if (photo![0] === 255) throw new FaceXFormerError('RUNTIME', 'secret path /etc/model');
      const faces = [...photo!].map((score) => ({ box, score, crop: box }));
      yield { index: 0, item: photo!, size, pixels: pixels ? whole : undefined, faces };
    },
  };
  return {
    analyzer: analyzer as unknown as PhotoAnalyzer,
    seen,
    signals,
    /** Lets calls go on until `work` is done. */
    async release<Result>(work: Promise<Result>): Promise<Result> {
      let done = false;
      const end = work.finally(() => {
        done = true;
      });
      while (!done) {
        for (const go of held.splice(0)) go();
        await new Promise((resolve) => setImmediate(resolve));
      }
      return end;
    },
    /** Waits until so many photos have arrived. */
    async arrived(count: number): Promise<void> {
      while (seen.length < count) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** A call with a photo of these bytes. */
export const post = (photo: readonly number[], url = '/analyze') => ({
  method: 'POST' as const,
  url,
  headers: { 'content-type': 'image/jpeg' },
  payload: Buffer.from(photo),
});
