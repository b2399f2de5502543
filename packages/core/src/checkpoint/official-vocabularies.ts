/**
 * What the heads of the released checkpoint mean. The file itself does not say; this table describes it, and does not
 * follow the tasks.
 */
import type { Vocabulary } from '../task/vocabulary.js';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** CelebA's 40 attributes (Liu et al. 2015), in the dataset's order. */
const CELEBA_40 = words(`
  5_o_Clock_Shadow Arched_Eyebrows Attractive Bags_Under_Eyes Bald Bangs Big_Lips Big_Nose Black_Hair
  Blond_Hair Blurry Brown_Hair Bushy_Eyebrows Chubby Double_Chin Eyeglasses Goatee Gray_Hair Heavy_Makeup
  High_Cheekbones Male Mouth_Slightly_Open Mustache Narrow_Eyes No_Beard Oval_Face Pale_Skin Pointy_Nose
  Receding_Hairline Rosy_Cheeks Sideburns Smiling Straight_Hair Wavy_Hair Wearing_Earrings Wearing_Hat
  Wearing_Lipstick Wearing_Necklace Wearing_Necktie Young`);

/** LaPa's classes; sides are those of the image, not of the person. */
const LAPA_11 = words(`
  background skin browImageLeft browImageRight eyeImageLeft eyeImageRight nose upperLip innerMouth lowerLip
  hair`);

/** COFW's 29 points; left and right are those of the image. */
const COFW_29 = words(`
  browLeftOuter browRightOuter browLeftInner browRightInner browLeftTop browLeftBottom browRightTop
  browRightBottom eyeLeftOuter eyeRightOuter eyeLeftInner eyeRightInner eyeLeftTop eyeLeftBottom eyeRightTop
  eyeRightBottom pupilLeft pupilRight nostrilLeftOuter nostrilRightOuter noseTip noseBottom mouthCornerLeft
  mouthCornerRight upperLipTop upperLipBottom lowerLipTop lowerLipBottom chin`);

const DECADES = ['0-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', '70+'] as const;

/** Vocabulary by task. */
export const OFFICIAL_VOCABULARIES = {
  landmarks: { id: 'ibug-68@1', labels: [] },
  headPose: { id: 'pitch-yaw-roll@1', labels: ['pitch', 'yaw', 'roll'], signs: [1, 1, 1] },
  attributes: { id: 'celeba-40@1', labels: CELEBA_40 },
  visibility: {
    id: 'cofw-29@1',
    labels: COFW_29,
    notes: ['the raw output is the logit of occlusion: 1 means hidden, 0 means visible'],
  },
  age: { id: 'decades-8@1', labels: DECADES },
  gender: { id: 'male-female@1', labels: ['male', 'female'] },
  race: { id: 'utkface-5@1', labels: ['White', 'Black', 'Asian', 'Indian', 'Others'] },
  parsing: { id: 'lapa-11@1', labels: LAPA_11 },
} as const satisfies Readonly<Record<string, Vocabulary>>;
