import type { Samples } from '../sample.js';
import { readBiwi } from './biwi.js';
import { readCelebA } from './celeba.js';
import { readCelebAMaskHQ } from './celebamask-hq.js';
import { readCOFW } from './cofw.js';
import { readFairFace } from './fairface.js';
import { readLaPa } from './lapa.js';
import { readLFWA } from './lfwa.js';
import { readRafDb } from './raf-db.js';
import { readUTKFace } from './utkface.js';
import { read300W } from './w300.js';

/** Reads a public data set in the layout in which it is published; `split` as the data set names it. */
export type LayoutReader = (folder: string, split?: string) => Samples;

/** The public layouts by name. */
export const LAYOUTS = {
  'celebamask-hq': readCelebAMaskHQ,
  lapa: readLaPa,
  '300w': read300W,
  biwi: readBiwi,
  celeba: readCelebA,
  lfwa: readLFWA,
  utkface: readUTKFace,
  fairface: readFairFace,
  'raf-db': readRafDb,
  cofw: readCOFW,
} as const satisfies Readonly<Record<string, LayoutReader>>;
