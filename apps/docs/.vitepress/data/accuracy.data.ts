import { readJson } from './read.ts';

interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What `facexformer eval` writes; the parts that the site shows. */
export interface Report {
  readonly split: string;
  readonly model: { readonly name: string; readonly contentHash?: string };
  readonly device: string;
  readonly figures: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, Interval>>;
  readonly audit: readonly {
    readonly headline: { readonly figure: string; readonly text?: string };
    readonly dimension: string;
    readonly groups: readonly (Interval & {
      readonly group: string;
      readonly n: number;
      readonly value: number;
    })[];
    readonly gap: Interval & { readonly value: number };
  }[];
}

/** The report of the shipped weights, and whether it is about these very weights is for the page to say. */
export interface AccuracyData {
  readonly report: Report | undefined;
}

declare const data: AccuracyData;

export { data };

export default {
  watch: ['../../../../packages/model-mini/eval/report.json'],
  load: (): AccuracyData => ({ report: readJson('packages/model-mini/eval/report.json') }),
};
