import { UNKNOWN_CLASS } from '@facexformer/core/task';

/**
 * CelebAMask-HQ's 19 classes in the order of a folder of sets (0 background, 1 skin, 2 nose, 3 eye_g, 4 l_eye, 5 r_eye,
 * 6 l_brow, 7 r_brow, 8 l_ear, 9 r_ear, 10 mouth, 11 u_lip, 12 l_lip, 13 hair, 14 hat, 15 ear_r, 16 neck_l, 17 neck,
 * 18 cloth) to LaPa's 11. `l_` and `r_` are the person's sides, ours the image's; spectacles count as skin; ears,
 * neck, hat and cloth as background.
 */
const CELEBAMASK_TO_LAPA: readonly number[] = [0, 1, 6, 1, 5, 4, 3, 2, 0, 0, 8, 7, 9, 10, 0, 0, 0, 0, 0];

/** LaPa's class of one of CelebAMask-HQ's 19; unknown beyond them. */
export const lapaClassOf = (value: number): number => CELEBAMASK_TO_LAPA[value] ?? UNKNOWN_CLASS;
