import { checkOptions, FLAG, type Kind, oneOf, whole } from '../base/arguments.js';
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
  /** The function that takes the options, for messages. */
  readonly of: string;
  readonly devices: readonly Device[];
  readonly threads: number;
  readonly pixels: number;
}

/**
 * Fills in the defaults.
 * @param more checks of options that only this runtime has
 * @throws {FaceXFormerError} `BAD_OPTION` naming the option.
 */
export function checkRuntimeOptions<Device extends string, Options extends RuntimeOptions<Device>>(
  options: Options,
  { of, devices, threads, pixels }: RuntimeBounds<Device>,
  more: { readonly [Name in Exclude<keyof Options, keyof RuntimeOptions<Device>>]-?: Kind },
): RuntimeSettings<Device> {
  checkOptions<RuntimeOptions<Device>>(of, options, {
    device: oneOf(...devices),
    fallback: FLAG,
    threads: whole(1, threads),
    maxPixels: whole(1, pixels),
    maxBytes: whole(1, 2 ** 31 - 1),
    ...more,
  });
  const { device = 'auto', fallback = false, maxPixels = 100e6, maxBytes = 256 * 2 ** 20 } = options;
  return { device, fallback, threads: options.threads, maxPixels, maxBytes };
}
