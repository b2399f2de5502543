/** How a ready-made task was made, as data: with it a plug-in's file can be used without the task's code. */
export type Made =
  | { readonly maker: 'classify' }
  | { readonly maker: 'multiLabel'; readonly threshold: number }
  | {
      readonly maker: 'regress';
      readonly range: readonly [low: number, high: number];
      readonly unit: string;
      readonly mirrored: readonly string[];
    }
  | { readonly maker: 'segment' }
  | { readonly maker: 'embed'; readonly size: number };
