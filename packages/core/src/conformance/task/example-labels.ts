import type { Size } from '../../image/geometry.js';
import type { MaskLabel } from '../../task/mask-label.js';
import type { Task } from '../../task/task.js';

/** Labels that a task of one of the factories knows; none for a task with code of its own. */
export function exampleLabels({ recipe, vocabulary }: Task, photo: Size): readonly unknown[] {
  const { labels } = vocabulary;
  switch (recipe?.maker) {
    case 'classify':
      return labels;
    case 'multiLabel':
      return [...labels.map((label) => [label]), []];
    case 'regress': {
      const [low, high] = recipe.range;
      return [0.25, 0.6].map((share) => labels.map(() => low + share * (high - low)));
    }
    case 'segment':
      return [stripes(labels.length + 1, photo)];
    case 'embed':
      return ['ann', 'ann', 'bob', 'bob'];
    default:
      return [];
  }
}

/** A mask with an upright stripe for each class. */
const stripes = (classes: number, { width, height }: Size): MaskLabel => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => Math.floor(((i % width) / width) * classes)),
});
