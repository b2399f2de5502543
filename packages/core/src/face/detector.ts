import type { Box, Point } from '../image/geometry.js';
import type { Pixels } from '../image/pixels.js';
import type { RunOptions, Runtime } from '../runtime/runtime.js';

/** A face that was found, in photo pixels. */
export interface Detection {
  readonly box: Box;
  /** Degrees by which the face is tilted clockwise as seen in the photo, if the detector knows. */
  readonly roll?: number;
  /** Confidence 0..1; what it means is the detector's own. */
  readonly score: number;
  /** Points on the face, if the detector states any; their order is the detector's own. */
  readonly keypoints?: readonly Point[];
}

/** Finds the faces of a photo. */
export interface Detector {
  /**
   * Pixels of a photo's longer side that are enough for the faces that it looks for: larger photos may be shown to it
   * smaller, if that takes less time. Without it, it is shown every pixel.
   */
  readonly enough?: number | undefined;
  /**
   * The faces, best score first; an empty list when there are none. A box may reach over the photo's edge.
   * @throws {FaceXFormerError} `BAD_IMAGE`, `ABORTED`, `DISPOSED`, `RUNTIME`.
   */
  detect(pixels: Pixels, options?: RunOptions): Promise<readonly Detection[]>;
  /** Frees what the engine holds; a second call does nothing. */
  dispose(): Promise<void>;
}

/** What makes a detector, as plain data that can be sent to another thread. */
export interface DetectorRecipe {
  /** The function that returns the factory, by name. */
  readonly maker: string;
  /** Its argument. */
  readonly options: unknown;
}

/** Opens a detector on a runtime, so that it runs where the analyzer's model runs. */
export interface DetectorFactory {
  /** @throws {FaceXFormerError} `DEVICE_UNAVAILABLE`, `RUNTIME`. */
  (runtime: Runtime): Promise<Detector>;
  /** With one, a runtime with worker threads may search in them; without, the search stays in the calling thread. */
  readonly recipe?: DetectorRecipe;
}
