import {
  type Classification,
  decodeClassification,
  defineTask,
  mlpHead,
  percent,
  type Task,
  VOCABULARIES,
} from '@facexformer/core';

const { labels } = VOCABULARIES.expression;

/** The six basic expressions and a neutral face. */
export type ExpressionLabel = (typeof labels)[number];

/** The expression shown, which is not the emotion felt. */
export type Expression = Classification<ExpressionLabel>;

/**
 * Facial expression. The official checkpoint has no weights for it. Raw output: logits [7].
 */
export const expression = (): Task<'expression', Expression> =>
  defineTask({
    name: 'expression',
    tokens: 1,
    vocabulary: VOCABULARIES.expression,
    head: (context) => mlpHead(context, labels.length),
    decode: (raw, { vocabulary }) => decodeClassification('expression', raw, vocabulary, labels),
    draw: ({ label, probability }) => [
      { kind: 'label', caption: 'expression', text: `${label} ${percent(probability)}` },
    ],
  });
