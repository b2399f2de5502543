import { checkOptions, demand, kind, TEXT, whole } from '../base/arguments.js';
import { finiteValues } from './decode.js';
import { jointHead } from './heads.js';
import { listSchema, NUMBER } from './json-schema.js';
import { judgeEmbedding } from './judge-embedding.js';
import { unknownLabel } from './labels.js';
import { defineTask, type Task, TOKENS } from './task.js';

/** A vector of length 1; the scalar product of two says how alike they are, -1..1. */
export type Embedding = readonly number[];

/**
 * A whole task that places faces in a space where those with equal labels are close together. It learns from any
 * text or number that says who or what belongs together.
 * @param options.size numbers of a vector, 2 to 1024; 32 by default
 * @param options.tokens several tokens may look at several places; 1 by default
 * @throws {FaceXFormerError} `BAD_OPTION`.
 */
export function embed<const Name extends string>(
  name: Name,
  options: { readonly size?: number; readonly tokens?: number } = {},
): Task<Name, Embedding> {
  demand(name, TEXT, 'the name of a task');
  checkOptions('embed', options, { size: whole(2, 1024), tokens: TOKENS });
  const { size = 32, tokens = 1 } = options;
  return defineTask({
    name,
    tokens,
    vocabulary: { id: `${name}-${size}@1`, labels: [] },
    recipe: { maker: 'embed', size },
    head: (context) => jointHead(context, size),
    decode(raw) {
      const values = finiteValues(name, raw, [size]);
      const length = Math.hypot(...values) || 1;
      return Array.from(values, (value) => value / length);
    },
    schema: listSchema(NUMBER, size),
    learning: {
      loss: 'contrastive',
      target: () => [1],
      encode(label, { classes }) {
        const isText = (typeof label === 'string' && label !== '') || typeof label === 'number';
        const index = isText ? classes.indexOf(String(label)) : -1;
        if (index < 0) throw unknownLabel(name, label, 'any text will do');
        return [index];
      },
    },
    metrics: judgeEmbedding(name),
  });
}

/** How alike two embeddings are: their scalar product, -1..1. */
export function similarity(a: Embedding, b: Embedding): number {
  demand(a, VECTOR, 'similarity: a');
  demand(
    b,
    kind(`a list of ${a.length} numbers`, (value) => VECTOR.fits(value) && b.length === a.length),
    'similarity: b',
  );
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

const VECTOR = kind(
  'a list of numbers',
  (value) => Array.isArray(value) && value.length > 0 && value.every(Number.isFinite),
);
