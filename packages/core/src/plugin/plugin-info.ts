import { FaceXFormerError } from '../base/errors.js';
import { isRecord, kindOf } from '../base/record.js';
import type { Provenance } from '../checkpoint/checkpoint.js';
import { check, part } from '../checkpoint/checks.js';
import {
  checkContentHash,
  checkProvenance,
  checkVocabulary,
  PLUGIN_KEY,
  parseJson,
} from '../checkpoint/info.js';
import type { TaskRecipe } from '../task/recipe.js';
import type { Vocabulary } from '../task/vocabulary.js';

/** A measured number and the interval in which it lies with 95 % confidence. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a plug-in checkpoint says of itself; JSON in its metadata. */
export interface PluginInfo {
  readonly formatVersion: 1;
  /** `made` is the recipe of the task, under the name that version 1 of the format gave it. */
  readonly task: { readonly name: string; readonly tokens: number; readonly made?: TaskRecipe };
  /** The model that it was trained on. */
  readonly base: {
    readonly name: string;
    readonly contentHash: string;
    /** Width of a token. */
    readonly dim: number;
  };
  readonly vocabulary: Vocabulary;
  readonly provenance: Provenance;
  /** How well it did on faces that it was not trained on, by metric. */
  readonly metrics?: Readonly<Record<string, Measured>>;
  /** `sha256:` and the hash of all tensor bytes in file order; saving sets it, opening compares. */
  readonly contentHash?: string;
}

/**
 * Reads what a plug-in says of itself, trusting nothing.
 * @throws {FaceXFormerError} `BAD_CHECKPOINT` naming the field, `UNSUPPORTED` for a newer format.
 */
export function parsePluginInfo(json: string): PluginInfo {
  const info = parseJson(json);
  check(isRecord(info), PLUGIN_KEY);
  if (info.formatVersion !== 1) {
    throw new FaceXFormerError(
      'UNSUPPORTED',
      `plug-in format ${kindOf(info.formatVersion)} is not 1: update @facexformer/core`,
    );
  }
  const { name, tokens, made } = part(info, 'task');
  check(typeof name === 'string' && isCount(tokens), 'task');
  check(made === undefined || isRecord(made), 'task.made');
  const { name: base, contentHash, dim } = part(info, 'base');
  check(typeof base === 'string' && typeof contentHash === 'string' && isCount(dim), 'base');
  checkVocabulary(info.vocabulary, 'vocabulary');
  checkProvenance(info);
  checkContentHash(info);
  const metrics = info.metrics === undefined ? {} : part(info, 'metrics');
  for (const [metric, value] of Object.entries(metrics)) {
    const { value: middle, low, high } = isRecord(value) ? value : {};
    check([middle, low, high].every(Number.isFinite), `metrics.${metric}`);
  }
  return info as unknown as PluginInfo;
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
