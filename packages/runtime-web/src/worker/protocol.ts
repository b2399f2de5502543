import type { DeviceLost } from '../contract/device-lost.js';
import type { Settings } from '../contract/options.js';
import type { WebImage } from '../picture/decode-image.js';

/** From the page: decode a photo; the answer is `Pixels`. */
export interface DecodeCall {
  readonly image: WebImage;
  readonly settings: Settings;
}

/** From the worker: a GPU went away. */
export interface LostCall {
  readonly event: DeviceLost;
}
