import { FaceXFormerError, type Vocabulary } from '@facexformer/core';
import { demand, having, listOf, TEXT } from '@facexformer/core/arguments';

/** Years that an open last bin such as `70+` is taken to reach beyond its start. */
const OPEN_END = 5;

const VOCABULARY = having('a vocabulary { id, labels }', { labels: listOf(TEXT) });

/**
 * The age that each label of a vocabulary stands for, in years: `20-29` is 24.5, `70+` is 75, `31` is 31.
 * @throws {FaceXFormerError} `UNSUPPORTED` for a label that is not an age.
 */
export function ageBinCentres(vocabulary: Vocabulary): readonly number[] {
  const { id, labels } = demand(vocabulary, VOCABULARY, 'ageBinCentres: vocabulary');
  return labels.map((label) => {
    const match = /^(\d{1,3})(?:-(\d{1,3})|(\+))?$/.exec(label);
    if (!match) {
      throw new FaceXFormerError('UNSUPPORTED', `the vocabulary "${id}" of "age" has a label "${label}"`);
    }
    const [, from, to, open] = match;
    if (open) return Number(from) + OPEN_END;
    return (Number(from) + Number(to ?? from)) / 2;
  });
}
