import { isRecord } from '@facexformer/core/formats';
import { unknownLabel } from '@facexformer/core/task';

/** An age in years, or first and last year where no more is known. */
export type AgeLabel = number | { readonly from: number; readonly to: number };

/**
 * A label of the data.
 * @throws {FaceXFormerError} `BAD_OPTION` for anything but years or a range of them.
 */
export function ageOf(label: unknown): AgeLabel {
  if (isAge(label)) return label;
  const { from, to } = isRecord(label) ? label : {};
  if (isAge(from) && typeof to === 'number' && to >= from) return { from, to };
  throw unknownLabel('age', label, 'it needs years, or { from, to }');
}

const isAge = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
