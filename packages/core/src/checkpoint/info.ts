import { FaceXFormerError } from '../base/errors.js';
import { parseJson as parse } from '../base/json.js';
import { type Fields, isRecord, kindOf } from '../base/record.js';
import type { CheckpointInfo } from './checkpoint.js';
import { check, part } from './checks.js';
import { checkConfig } from './config-check.js';

/** Key of our JSON in the safetensors metadata. */
export const INFO_KEY = 'facexformer';

/** Key of a plug-in's JSON in the safetensors metadata. */
export const PLUGIN_KEY = 'facexformer-plugin';

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');
const isNumbers = (value: unknown): boolean => Array.isArray(value) && value.every(Number.isFinite);

/**
 * Parses a checkpoint's description of itself, of which nothing is trusted.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` naming the field, `UNSUPPORTED` for a newer format.
 */
export function parseInfo(json: string): CheckpointInfo {
  const info = parseJson(json);
  check(isRecord(info), 'facexformer');
  if (info.formatVersion !== 1) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      `the checkpoint has format ${kindOf(info.formatVersion)}, and this version reads 1: update @facexformer/core`,
    );
  }
  checkConfig(part(info, 'model'));
  for (const [name, value] of Object.entries(part(info, 'vocabularies'))) {
    checkVocabulary(value, `vocabularies.${name}`);
  }
  checkProvenance(info);
  checkContentHash(info);
  checkContentHash(info, 'convertedFrom');
  return info as unknown as CheckpointInfo;
}

/** @throws {FaceXFormerError} `BAD_CHECKPOINT` for something that is not a vocabulary. */
export function checkVocabulary(value: unknown, field: string): void {
  const { id, labels, notes = [], signs = [] } = isRecord(value) ? value : {};
  check(typeof id === 'string' && isTexts(labels) && isTexts(notes) && isNumbers(signs), field);
}

/** @throws {FaceXFormerError} `BAD_CHECKPOINT` without a usable provenance. */
export function checkProvenance(info: Fields): void {
  const provenance = part(info, 'provenance');
  const texts = ['name', 'source', 'licence'].every((field) => typeof provenance[field] === 'string');
  check(texts && typeof provenance.trained === 'boolean' && isTexts(provenance.notes ?? []), 'provenance');
}

/** @throws {FaceXFormerError} `BAD_CHECKPOINT` for a hash of another form. */
export function checkContentHash(info: Fields, field = 'contentHash'): void {
  const hash = info[field];
  const isHash = typeof hash === 'string' && /^sha256:[0-9a-f]{64}$/.test(hash);
  check(hash === undefined || isHash, field);
}

/** @throws {FaceXFormerError} `BAD_CHECKPOINT`. */
export function parseJson(json: string): unknown {
  try {
    return parse(json);
  } catch (cause) {
    throw new FaceXFormerError(
      'BAD_CHECKPOINT',
      "the checkpoint's description cannot be parsed as JSON, or nests too deep: make or download the file anew",
      {
        cause,
      },
    );
  }
}
