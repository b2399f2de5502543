import { readJson } from './read.ts';

/** `bench/matrix.json`: where the packed packages have run. */
export interface Matrix {
  readonly command: string;
  readonly date: string;
  readonly rows: readonly {
    readonly name: string;
    readonly title: string;
    readonly group: string;
    /** The page about it. */
    readonly guide?: string;
    readonly works: boolean;
  }[];
}

declare const data: Matrix | undefined;

export { data };

export default {
  watch: ['../../../../bench/matrix.json'],
  load: (): Matrix | undefined => readJson('bench/matrix.json'),
};
