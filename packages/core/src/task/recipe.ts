/** Which factory built a task, and with which options: with it a plug-in's file can be used without the task's code. */
export type TaskRecipe =
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
