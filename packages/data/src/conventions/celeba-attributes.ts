/** CelebA's 40 attributes (Liu et al. 2015) in the order of its files, which LFWA shares. */
export const CELEBA_ATTRIBUTES: readonly string[] = `
  5_o_Clock_Shadow Arched_Eyebrows Attractive Bags_Under_Eyes Bald Bangs Big_Lips Big_Nose Black_Hair
  Blond_Hair Blurry Brown_Hair Bushy_Eyebrows Chubby Double_Chin Eyeglasses Goatee Gray_Hair Heavy_Makeup
  High_Cheekbones Male Mouth_Slightly_Open Mustache Narrow_Eyes No_Beard Oval_Face Pale_Skin Pointy_Nose
  Receding_Hairline Rosy_Cheeks Sideburns Smiling Straight_Hair Wavy_Hair Wearing_Earrings Wearing_Hat
  Wearing_Lipstick Wearing_Necklace Wearing_Necktie Young`
  .trim()
  .split(/\s+/);

const MALE = CELEBA_ATTRIBUTES.indexOf('Male');
const YOUNG = CELEBA_ATTRIBUTES.indexOf('Young');

/** The groups of people that the attributes `Male` and `Young` tell. */
export const celebaGroups = (
  attributes: readonly number[],
): { readonly gender: string; readonly young: string } => ({
  gender: attributes[MALE] ? 'male' : 'female',
  young: attributes[YOUNG] ? 'young' : 'not young',
});
