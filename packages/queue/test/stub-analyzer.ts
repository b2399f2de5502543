import type { WorkerOptions } from '../src/worker.js';

/** An analyzer that finds no face, and fails or waits as `look` does. */
export function stubAnalyzer(
  look: (photo: string | Uint8Array) => unknown = () => undefined,
): WorkerOptions['analyzer'] {
  async function* analyzeMany(photos: Iterable<string | Uint8Array>) {
    for (const item of photos) {
      await look(item);
      yield { index: 0, item, size: { width: 2, height: 1 }, faces: [] };
    }
  }
  const provenance = { name: 'stub', trained: true };
  return { analyzeMany, provenance, device: 'cpu' } as unknown as WorkerOptions['analyzer'];
}
