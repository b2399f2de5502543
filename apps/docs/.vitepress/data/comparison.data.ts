import { readJson } from './read.ts';

/** `bench/peers/result.json`: libraries about the same photos. */
export interface Comparison {
  readonly command: string;
  readonly date: string;
  readonly cpu: string;
  readonly load: readonly number[];
  readonly results: readonly {
    readonly task: string;
    readonly set: string;
    readonly measure: string;
    readonly photos: number;
    /** Photos in which every library found a face. */
    readonly compared: number;
    readonly rows: readonly {
      readonly library: string;
      readonly network: string;
      readonly figure: number;
      readonly found: number;
      readonly megabytes: number;
      readonly msPerFace: number;
    }[];
  }[];
}

/** `bench/peers/sizes.json`: what a page downloads, in MB, gzipped. */
export interface Sizes {
  readonly command: string;
  readonly date: string;
  readonly libraries: readonly {
    readonly library: string;
    readonly answers: string;
    readonly code: number;
    readonly engine: number;
    readonly weights: number;
    readonly total: number;
  }[];
}

/** Undefined where nothing has been measured. */
export interface ComparisonData {
  readonly comparison: Comparison | undefined;
  readonly sizes: Sizes | undefined;
}

declare const data: ComparisonData;

export { data };

export default {
  watch: ['../../../../bench/peers/*.json'],
  load: (): ComparisonData => ({
    comparison: readJson('bench/peers/result.json'),
    sizes: readJson('bench/peers/sizes.json'),
  }),
};
