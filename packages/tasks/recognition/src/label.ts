import { isRecord } from '@facexformer/core/formats';
import { numberList, unknownLabel } from '@facexformer/core/task';
import { SIZE } from './vocabulary.js';

/** A pair of a published protocol that a photo belongs to. */
export interface PairLabel {
  /** The same for both photos of the pair. */
  readonly id: string;
  readonly fold: number;
  /** Whether both show the same person. */
  readonly same: boolean;
}

/** What is known of a face. */
export interface RecognitionLabel {
  /** The vector [128] of another network, to be learnt from. */
  readonly vector?: readonly number[];
  /** Whom it shows, to be judged by. */
  readonly who?: string;
  /** Or the pairs of a protocol that it belongs to. */
  readonly pairs?: readonly PairLabel[];
}

/** @throws {FaceXFormerError} `BAD_OPTION` for a label without a vector. */
export const vectorOf = (label: unknown): readonly number[] =>
  numberList('recognition', isRecord(label) ? label.vector : label, SIZE);

/** Whom a label names, or its pairs. @throws {FaceXFormerError} `BAD_OPTION` for a label that tells neither. */
export function peopleOf(label: unknown): string | readonly PairLabel[] {
  const { who, pairs } = isRecord(label) ? label : {};
  if (typeof who === 'string' && who !== '') return who;
  if (Array.isArray(pairs) && pairs.every(isPair)) return pairs;
  throw unknownLabel('recognition', label, 'it needs { who } or { pairs: [{ id, fold, same }] }');
}

const isPair = (pair: unknown): pair is PairLabel =>
  isRecord(pair) &&
  typeof pair.id === 'string' &&
  Number.isInteger(pair.fold) &&
  typeof pair.same === 'boolean';
