import { isRecord } from '@facexformer/core/formats';
import { unknownLabel } from '@facexformer/core/task';

/** An age in years, or first and last year where no more is known. */
export type AgeLabel = number | { readonly from: number; readonly to: number };

/**
 * A label of the data; tables hold years as text.
 * @throws {FaceXFormerError} `BAD_OPTION` for anything but years or a range of them.
 */
export function ageOf(label: unknown): AgeLabel {
  const years = typeof label === 'string' && label !== '' ? Number(label) : label;
  if (isAge(years)) return years;
  const { from, to } = isRecord(label) ? label : {};
  if (isAge(from) && typeof to === 'number' && to >= from) return { from, to };
  throw unknownLabel('age', label, 'it needs years, 0 or more, or { from, to }');
}

const isAge = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 200;
