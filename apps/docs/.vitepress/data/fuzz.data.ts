import { readJson } from './read.ts';

/** `tools/fuzz/result.json`: the last campaign. */
export interface Campaign {
  readonly command: string;
  readonly date: string;
  /** Version of Node. */
  readonly node: string;
  readonly targets: readonly {
    readonly name: string;
    readonly what: string;
    readonly inputs: number;
    readonly slowestMs: number;
    readonly growthMB: number;
    readonly faults: number;
  }[];
}

declare const data: { readonly campaign: Campaign | undefined };

export { data };

export default {
  watch: ['../../../../tools/fuzz/result.json'],
  load: (): typeof data => ({ campaign: readJson('tools/fuzz/result.json') }),
};
