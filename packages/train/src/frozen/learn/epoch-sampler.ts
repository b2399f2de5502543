import { permutation } from '@facexformer/statistics';

/** The photos of one epoch in their order. */
export type Sampler = (epoch: number) => Uint32Array;

/**
 * An epoch shows as many photos as there are. Balanced, each class fills an equal share of it: photos of rare classes
 * come more often, those of frequent ones take turns over the epochs.
 * @param strata class of each photo
 */
export function createEpochSampler(strata: readonly number[], balance: boolean, seed: number): Sampler {
  const count = strata.length;
  const classes = [...new Set(strata)].sort((a, b) => a - b);
  if (!balance || classes.length < 2) return (epoch) => permutation(count, seed, epoch);
  const members = classes.map((stratum) => strata.flatMap((value, i) => (value === stratum ? [i] : [])));
  return (epoch) => {
    const drawn = Uint32Array.from({ length: count }, (_, place) => {
      const list = members[place % classes.length]!;
      const turn = epoch * Math.ceil(count / classes.length) + Math.floor(place / classes.length);
      const order = permutation(list.length, seed, place % classes.length, Math.floor(turn / list.length));
      return list[order[turn % list.length]!]!;
    });
    return permutation(count, seed, epoch).map((place) => drawn[place]!);
  };
}
