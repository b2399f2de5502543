import type { BackboneConfig } from '../../packages/core/src/model/config.js';

/** Backbones of one kind, from narrow to wide. */
export interface Family {
  readonly from: number;
  readonly to: number;
  readonly member: (width: number) => BackboneConfig;
}

/** The mini model's proportions: stem and four stages relative to the first stage. */
const convNet =
  (depths: readonly number[], expand: number) =>
  (width: number): BackboneConfig => ({
    family: 'convnet',
    stem: Math.round(0.75 * width),
    widths: [1, 2, 4.5, 8].map((factor) => Math.round(factor * width)),
    depths,
    expand,
  });

/** What the mini backbone (dense 3x3 blocks, depths 2 3 5 2, first stage 32 wide) is compared with. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  swin: {
    from: 4,
    to: 32,
    // Window 4 divides the maps of every input that is a multiple of 128 and wastes little on smaller ones.
    member: (width) => ({
      family: 'swin',
      embedDim: 2 * width,
      depths: [2, 2, 4, 2],
      heads: [2, 4, 8, 16],
      window: 4,
    }),
  },
  inverted: { from: 4, to: 64, member: convNet([2, 3, 5, 2], 4) },
  wide: { from: 16, to: 72, member: convNet([1, 1, 2, 1], 0) },
  narrow: { from: 8, to: 48, member: convNet([4, 6, 10, 4], 0) },
};
