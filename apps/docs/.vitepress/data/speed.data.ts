import { readJson } from './read.ts';

/** `bench/full-model/result.json`, written by the command that it names. */
export interface FullModel {
  readonly command: string;
  readonly date: string;
  readonly cpu: string;
  readonly rounds: number;
  readonly 'milliseconds per face, median': Readonly<Record<string, number>>;
  readonly start: Readonly<Record<string, { readonly readyMs: number; readonly peakMb: number }>>;
}

/** `bench/full-model/deviation.json`: what int8 changes. */
export type Deviation = { readonly command: string } & Readonly<
  Record<string, string | readonly (string | number)[]>
>;

/** `bench/web/cold-start.json`: page load to first result. */
export interface ColdStart {
  readonly command: string;
  readonly date: string;
  readonly cpu: string;
  readonly browser: string;
  readonly device: string;
  readonly rounds: number;
  readonly medianMs: Readonly<Record<string, number>>;
}

/** Measured figures; undefined where nothing has been measured. */
export interface SpeedData {
  readonly fullModel: FullModel | undefined;
  readonly deviation: Deviation | undefined;
  readonly coldStart: ColdStart | undefined;
}

declare const data: SpeedData;

export { data };

export default {
  watch: ['../../../../bench/**/*.json'],
  load: (): SpeedData => ({
    fullModel: readJson('bench/full-model/result.json'),
    deviation: readJson('bench/full-model/deviation.json'),
    coldStart: readJson('bench/web/cold-start.json'),
  }),
};
