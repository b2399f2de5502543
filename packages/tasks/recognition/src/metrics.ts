import type { Embedding } from '@facexformer/core';
import type { Metrics, Verdict } from '@facexformer/core/task';
import { type PairLabel, peopleOf } from './label.js';
import { type Pair, verificationFigures } from './verification.js';

/** Pairs that are made of one face with others of the same person, and with other people. */
const PAIRS_PER_FACE = 5;
const FOLDS = 10;

/** In front of a verdict's label that lists pairs as JSON. */
const PROTOCOL = 'pairs:';

const rate = (figure: string, title: string) =>
  ({
    figure: `recognition.${figure}`,
    title: `recognition, ${title}`,
    unit: 'share',
    better: 'higher',
  }) as const;

/**
 * Verification: are two photos of the same person? Of names pairs are made (each face with up to five others of the
 * person and five of other people); a protocol such as LFW's brings its own. Figures as
 * `verificationFigures` says.
 */
export const metrics: Metrics<Embedding> = {
  headlines: [
    { ...rate('accuracy', 'verification accuracy (ten folds)'), audited: true },
    rate('auc', 'area under the curve'),
    rate('tar1', 'true accepts at 1 % false accepts'),
    rate('tar01', 'true accepts at 0.1 % false accepts'),
  ],
  judge({ result }, label) {
    const people = peopleOf(label);
    const text = typeof people === 'string' ? people : PROTOCOL + JSON.stringify(people);
    return { sums: Float64Array.from(result), label: text };
  },
  figures(verdicts) {
    const hasProtocol = verdicts.some(({ label }) => label?.startsWith(PROTOCOL));
    const pairs = hasProtocol ? protocolPairs(verdicts) : madePairs(verdicts);
    return verificationFigures('recognition', pairs);
  },
};

const alike = (a: Verdict, b: Verdict): number =>
  a.sums.reduce((sum, value, i) => sum + value * b.sums[i]!, 0);

/** The pairs of a protocol of which both photos are there. */
function protocolPairs(verdicts: readonly Verdict[]): readonly Pair[] {
  const first = new Map<string, Verdict>();
  const pairs: Pair[] = [];
  for (const verdict of verdicts) {
    const { label = '' } = verdict;
    if (!label.startsWith(PROTOCOL)) continue;
    for (const { id, fold, same } of JSON.parse(label.slice(PROTOCOL.length)) as readonly PairLabel[]) {
      const other = first.get(id);
      if (!other) first.set(id, verdict);
      else if (other !== verdict) pairs.push({ similarity: alike(other, verdict), same, fold: fold % FOLDS });
    }
  }
  return pairs;
}

/** Pairs by the names of the faces; a face that a bootstrap drew twice is no pair. */
function madePairs(verdicts: readonly Verdict[]): readonly Pair[] {
  const pairs: Pair[] = [];
  const put = (a: Verdict, b: Verdict): void => {
    if (a === b) return;
    pairs.push({ similarity: alike(a, b), same: a.label === b.label, fold: pairs.length % FOLDS });
  };
  const people = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const { label = '' } = verdict;
    people.set(label, [...(people.get(label) ?? []), verdict]);
  }
  for (const faces of people.values()) {
    faces.forEach((face, i) => {
      for (const other of faces.slice(i + 1, i + 1 + PAIRS_PER_FACE)) put(face, other);
    });
  }
  const count = verdicts.length;
  verdicts.forEach((face, i) => {
    for (let k = 1; k <= PAIRS_PER_FACE; k += 1) {
      const other = verdicts[(i + Math.floor((k * count) / (2 * PAIRS_PER_FACE + 1)) + 1) % count]!;
      if (other.label !== face.label) put(face, other);
    }
  });
  return pairs;
}
