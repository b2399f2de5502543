import { FaceXFormerError } from '../base/errors.js';
import type { DecodeLimits } from '../image/decode-limits.js';

/** Options that every runtime of ours takes. */
export interface RuntimeOptions<Device extends string> {
  /** Default `auto`. */
  readonly device?: Device;
  /** If the wanted `device` is missing, run on the CPU instead of failing. Default false. */
  readonly fallback?: boolean;
  /** CPU threads of one session. */
  readonly threads?: number;
  /** The largest photo to decode, in pixels. Default 100 million. */
  readonly maxPixels?: number;
  /** The largest encoded photo to read, in bytes. Default 256 MiB. */
  readonly maxBytes?: number;
}

/** Checked options with the defaults filled in. */
export interface RuntimeSettings<Device extends string> extends DecodeLimits {
  readonly device: Device | 'auto';
  readonly fallback: boolean;
  readonly threads: number | undefined;
}

/** What the platform of a runtime can do. */
export interface RuntimeBounds<Device extends string> {
  readonly devices: readonly Device[];
  readonly threads: number;
  readonly pixels: number;
}

/**
 * Fills in the defaults.
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option and its value.
 */
export function checkRuntimeOptions<Device extends string>(
  { device, fallback = false, threads, maxPixels = 100e6, maxBytes = 256 * 2 ** 20 }: RuntimeOptions<Device>,
  bounds: RuntimeBounds<Device>,
): RuntimeSettings<Device> {
  if (device !== undefined && !bounds.devices.includes(device)) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `device must be one of ${bounds.devices.join(', ')}, not "${device}"`,
    );
  }
  if (threads !== undefined) checkWhole('threads', threads, bounds.threads);
  checkWhole('maxPixels', maxPixels, bounds.pixels);
  checkWhole('maxBytes', maxBytes, 2 ** 31 - 1);
  return { device: device ?? 'auto', fallback, threads, maxPixels, maxBytes };
}

function checkWhole(name: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new FaceXFormerError(
      'BAD_OPTION',
      `${name} must be a whole number from 1 to ${most}, not ${value}`,
    );
  }
}
