import { type Classification, classify, type Task } from '@facexformer/core';
import { vocabulary } from './vocabulary.js';

/** The six basic expressions and a neutral face. */
export type ExpressionLabel = (typeof vocabulary.labels)[number];

/** The expression shown, which is not the emotion felt. */
export type Expression = Classification<ExpressionLabel>;

/**
 * Facial expression. The official checkpoint has no weights for it. Raw output: logits [7].
 */
export const expression = (): Task<'expression', Expression> => classify('expression', vocabulary);
