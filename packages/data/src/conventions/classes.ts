/** UTKFace's genders by number. */
export const GENDERS = ['male', 'female'] as const;

/** UTKFace's races by number. */
export const RACES = ['White', 'Black', 'Asian', 'Indian', 'Others'] as const;

/** Expressions by number in a folder of sets. */
export const EXPRESSIONS = ['neutral', 'happy', 'sad', 'surprise', 'fear', 'disgust', 'anger'] as const;

/** LaPa's classes, which `parsing` uses: 0 background to 10 hair. */
export const LAPA_CLASSES = 11;

/** Points of iBUG's scheme, 300W's, which `landmarks` uses. */
export const IBUG_POINTS = 68;

/** Points of COFW, of which `visibility` says which are hidden. */
export const COFW_POINTS = 29;
