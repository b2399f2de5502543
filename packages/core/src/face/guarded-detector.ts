import { demand, FUNCTION, having, type Kind, listOf, NUMBER, whole } from '../base/arguments.js';
import { foreign } from '../base/foreign.js';
import { BOX, POINT } from '../image/geometry.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Detector, DetectorFactory } from './detector.js';

const optional = (kind: Kind): Kind => ({
  ...kind,
  fits: (value) => value === undefined || kind.fits(value),
});
const DETECTOR = having('a detector { detect, dispose }', {
  detect: FUNCTION,
  dispose: FUNCTION,
  enough: optional(whole(1)),
});
const DETECTIONS = listOf(
  having('a detection { box, score }', {
    box: BOX,
    score: NUMBER,
    keypoints: optional(listOf(POINT)),
  }),
);

/**
 * Opens a detector of anyone's with what its contract promises: errors are typed and name it, and detections have the
 * right form.
 * @throws {FaceXFormerError} here and from its methods, `RUNTIME` for whatever it throws or answers instead.
 */
export async function openDetector(factory: DetectorFactory, runtime: Runtime): Promise<Detector> {
  const detector = await foreign('RUNTIME', 'the detector failed to open', async () => factory(runtime));
  demand(detector, DETECTOR, 'what the detector function opens', 'RUNTIME');
  return {
    enough: detector.enough,
    async detect(pixels, options) {
      const detect = async () => detector.detect(pixels, options);
      return demand(
        await foreign('RUNTIME', 'the detector failed', detect, options?.signal),
        DETECTIONS,
        'what the detector finds',
        'RUNTIME',
      );
    },
    dispose: () =>
      foreign('RUNTIME', 'the detector failed to dispose of itself', async () => detector.dispose()),
  };
}
