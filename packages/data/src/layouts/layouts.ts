import type { Samples } from '../sample/sample.js';
import { readBiwi } from './biwi.js';
import { readCelebA } from './celeba.js';
import { readCelebAMaskHQ } from './celebamask-hq.js';
import { readCOFW } from './cofw.js';
import { readFairFace } from './fairface.js';
import { readLaPa } from './lapa.js';
import { readLFW } from './lfw.js';
import { readLFWA } from './lfwa.js';
import { readRafDb } from './raf-db.js';
import { readUTKFace } from './utkface.js';
import { read300W } from './w300.js';

/** Reads a public data set in the layout in which it is published; `split` as the data set names it. */
export type LayoutReader = (folder: string, split?: string) => Samples;

/** The public layouts by name. */
export const LAYOUTS = {
  /** Class maps, one picture a part. */
  'celebamask-hq': readCelebAMaskHQ,
  /** Class maps. */
  lapa: readLaPa,
  /** 68 points. */
  '300w': read300W,
  /** Head poses. */
  biwi: readBiwi,
  /** 40 attributes. */
  celeba: readCelebA,
  /** Pairs of photos of one person or of two. */
  lfw: readLFW,
  /** 40 attributes. */
  lfwa: readLFWA,
  /** Age, gender and race, in the file names. */
  utkface: readUTKFace,
  /** Age, gender and race, in a table. */
  fairface: readFairFace,
  /** Expressions. */
  'raf-db': readRafDb,
  /** Which of 29 points are hidden. */
  cofw: readCOFW,
} as const satisfies Readonly<Record<string, LayoutReader>>;
