import type { Detector } from '../face/detector.js';
import type { AnalyzeOptions, Face } from '../face/face.js';
import type { Pixels } from '../image/pixels.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Task } from '../task/task.js';

/** What a stream needs of an analyzer. */
export interface StreamParts<Image, F extends Face = Face> {
  readonly runtime: Pick<Runtime<Image>, 'decode'>;
  readonly detector: Pick<Detector, 'detect'> | undefined;
  readonly analyze: (pixels: Pixels, options: AnalyzeOptions) => Promise<readonly F[]>;
  readonly tasks: readonly Task[];
}
